// CCITT Group 4 (ITU-T T.6) of whole pages, done by libtiff in memory. decode_image is declared in paper/page.hpp.
#pragma once

#include "base/refusal.hpp"
#include "paper/page.hpp"
#include "paper/raster.hpp"

namespace mado::paper {

// The page as one Group 4 strip. `bits` is row_bytes × page_height bytes, packed like a Raster. Deterministic.
// Refusals: internal if the size is wrong or libtiff fails.
Outcome<EncodedImage> encode_image(ByteView bits);
inline Outcome<EncodedImage> encode_image(const Raster& page) { return encode_image(page.bits()); }

// An encoded page may be at most this long; an empty page takes under 2 kB, a full one about 250 kB, noise 4 MB.
inline constexpr std::size_t most_encoded_bytes = 8 * 1024 * 1024;

}  // namespace mado::paper
