// A JBIG2 page as a row of segments, in the embedded form that PDF wants (no file header, no end of page): ITU-T T.88
// 7.2, ISO 32000-1 7.4.7. Two kinds of page are made, and nothing else is taken for one:
//  - of symbols: page information, a dictionary for each symbol, dictionaries that hand them on, one text region;
//  - of pixels: page information, one generic region.
// No segment refers to more than four others: beyond that the count has a longer form (7.2.4), which decoders read in
// different ways.
#pragma once

#include <cstdint>
#include <span>

#include "base/bytes.hpp"
#include "base/refusal.hpp"

namespace mado::paper {

inline constexpr std::size_t most_symbols_on_page = 8'192;
inline constexpr std::size_t most_marks_on_page = 65'536;

// Appends `value` in `bytes` bytes, the highest first.
void put_number(Bytes& to, std::uint32_t value, int bytes);

// A page of symbols. `dictionaries` are those of single symbols; symbol number i is the i-th. `coded` are `marks`
// symbols and their places, as encode_places writes them (paper/jbig2_text.hpp). Numbers must be within the bounds.
Bytes page_of_symbols(std::span<const ByteView> dictionaries, std::uint32_t marks, ByteView coded);

// A page of pixels; `coded` are all of its rows, as encode_pixels writes them with typical prediction.
Bytes page_of_pixels(ByteView coded);

// Whether `page` is byte for byte what one of the two functions above writes, for some dictionaries and coded parts
// within the bounds. The coded parts themselves are not decoded; they must look like the arithmetic coder's output.
// Refusal: message_malformed.
Outcome<void> check_segments(ByteView page);

}  // namespace mado::paper
