// One font file, as HarfBuzz shapes with it and FreeType draws it. Both libraries' types stay in typeface.cpp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/refusal.hpp"
#include "paper/glyph.hpp"

namespace mado::paper {

// A base character and the variation selector behind it, if there is one.
struct WrittenCharacter {
  static constexpr char32_t no_selector = 0;

  char32_t base = 0;
  char32_t selector = no_selector;
};

class Typeface {
 public:
  // Reads the whole file once; of a collection, the first face. Refusal: configuration_invalid if it is no font with
  // scalable outlines.
  static Outcome<Typeface> load(const std::filesystem::path& file);

  Typeface(Typeface&&) noexcept;
  ~Typeface();

  // The glyph that the font's own cmap names for the character and its selector. Nothing if it names none, if the
  // glyph would leave no ink (and the character is no space), or for what has no place in a line of a form: controls,
  // format characters, marks that combine with what stands before.
  std::optional<std::uint32_t> glyph_of(WrittenCharacter character) const;

  // How far the pen moves for each character of a run, in ems (1.0 is the type size), as HarfBuzz shapes it from left
  // to right. `glyphs` are glyph_of's, in the same order. Substitutions are switched off, and what comes back is held
  // against `glyphs`. Refusal: character_not_available if the font's tables would draw another glyph, or move one.
  Outcome<std::vector<double>> shape(std::span<const WrittenCharacter> run,
                                     std::span<const std::uint32_t> glyphs) const;

  // The glyph at a type size of `pixels`, drawn and encoded. Not thread-safe, unlike the rest. Refusal: internal.
  Outcome<std::shared_ptr<const Glyph>> draw(std::uint32_t glyph, int pixels);

 private:
  struct Inside;
  explicit Typeface(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace mado::paper
