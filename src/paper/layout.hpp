// Where each glyph of one text stands in its box: breaking, shrinking, aligning. Pure arithmetic.
#pragma once

#include <vector>

#include "paper/font.hpp"
#include "paper/form.hpp"
#include "paper/raster.hpp"

namespace mado::paper {

struct PlacedGlyph {
  std::uint32_t glyph = 0;
  int pen = 0;       // pixels from the page's left edge
  int baseline = 0;  // pixels from the page's upper edge
};

struct Layout {
  int pixels = 0;  // type size
  std::vector<PlacedGlyph> glyphs;
};

// The pixels of a box, and those of its inside, which keeps box_margin from every edge.
PixelBox pixels_of(const Box& box);
PixelBox inside_of(const Box& box);

// The largest type of at most `type.size` with the fewest lines. Refusal: text_too_long if the text does not fit at
// `type.least` on `type.lines` lines.
Outcome<Layout> lay_out(const std::vector<Character>& text, const Box& box, const Type& type);

// The most lines of a field that grows.
inline constexpr int most_lines = 40;
// On how many lines of `width` millimetres the text stands at `type.size`. Refusal: text_too_long beyond most_lines.
Outcome<int> lines_of(const std::vector<Character>& text, double width, const Type& type);

// How many characters from the front of the text lay_out has room for.
std::size_t fitting(const std::vector<Character>& text, const Box& box, const Type& type);

}  // namespace mado::paper
