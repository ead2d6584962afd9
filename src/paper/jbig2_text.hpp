// Where symbols stand on a page, as the coded part of a JBIG2 text region: ITU-T T.88 6.4, arithmetic coding, no
// refinement, upper left corners.
#pragma once

#include <cstdint>
#include <span>

#include "base/bytes.hpp"

namespace mado::paper {

struct SymbolPlace {
  std::uint32_t symbol = 0;  // its number
  int width = 0;             // the symbol's, in pixels
  int left = 0;              // of its upper left corner, in pixels from the page's
  int top = 0;
};

// Rows of pixels that share a strip (SBSTRIPS): the glyphs of one line differ by a few rows at their upper edges.
inline constexpr int strip_bits = 2;
inline constexpr int strip_height = 1 << strip_bits;
inline constexpr int strip_of(int top) { return top / strip_height; }

// `places` must stand by strip, and within a strip from the left; `symbols` is how many there are on the page.
Bytes encode_places(std::span<const SymbolPlace> places, std::size_t symbols);

// SBSYMCODELEN (7.4.3.1.7): the bits of a symbol's number.
int symbol_id_bits(std::size_t symbols);

}  // namespace mado::paper
