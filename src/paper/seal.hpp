// 電子公印: the authority's seal as a black 1-bit image at 600 dpi, printed 1:1, at most 25 mm square
// (住民記録システム標準仕様書 5.6).
#pragma once

#include <filesystem>
#include <memory>

#include "base/refusal.hpp"
#include "paper/raster.hpp"
#include "paper/symbol.hpp"

namespace mado::paper {

inline constexpr int most_seal_pixels = 591;  // 25 mm at 600 dpi

class Seal {
 public:
  // From a raw PBM ("P4": width, height, rows of packed bits, black is 1), each side 100 to most_seal_pixels.
  // Refusals: configuration_invalid if it is anything else, or if it is wholly white.
  static Outcome<Seal> parse(ByteView pbm);
  static Outcome<Seal> load(const std::filesystem::path& file);

  BitmapView bitmap() const { return symbol_->bitmap(); }
  // The same, encoded. Never null.
  const std::shared_ptr<const Symbol>& symbol() const { return symbol_; }

 private:
  explicit Seal(std::shared_ptr<const Symbol> symbol) : symbol_(std::move(symbol)) {}

  std::shared_ptr<const Symbol> symbol_;
};

}  // namespace mado::paper
