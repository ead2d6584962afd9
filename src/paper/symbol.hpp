// A picture that stands on pages again and again (a glyph, a rule, a seal), encoded once: what a page's image says of
// it is kept with it.
#pragma once

#include <cstddef>
#include <memory>

#include "base/bytes.hpp"
#include "base/refusal.hpp"
#include "paper/raster.hpp"

namespace mado::paper {

// Immutable, so that it may be shared by pages and threads.
class Symbol {
 public:
  // Copies the bitmap. Refusal: internal if it is empty or does not fit a page.
  static Outcome<std::shared_ptr<const Symbol>> of(const BitmapView& bitmap);
  // A black rectangle of `width` × `height` pixels. Refusal: as above.
  static Outcome<std::shared_ptr<const Symbol>> filled(int width, int height);

  int width() const { return width_; }
  int height() const { return height_; }
  BitmapView bitmap() const { return {width_, height_, (static_cast<std::size_t>(width_) + 7) / 8, rows_.data()}; }

  // The data of a JBIG2 symbol dictionary segment (ITU-T T.88 7.4.2) that holds this one symbol. Two symbols with equal
  // pixels have equal dictionaries.
  const Bytes& dictionary() const { return dictionary_; }
  // Of the dictionary: equal for equal dictionaries.
  std::size_t hash() const { return hash_; }
  // What it keeps in memory.
  std::size_t bytes() const { return sizeof(Symbol) + rows_.capacity() + dictionary_.capacity(); }

 private:
  Symbol() = default;

  int width_ = 0;
  int height_ = 0;
  Bytes rows_;
  Bytes dictionary_;
  std::size_t hash_ = 0;
};

}  // namespace mado::paper
