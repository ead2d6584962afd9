// A page's image: JBIG2 (ITU-T T.88) of symbols that were encoded before, or of bare pixels; docs/decisions/0018.
#pragma once

#include "base/refusal.hpp"
#include "paper/drawing.hpp"
#include "paper/page.hpp"
#include "paper/raster.hpp"

namespace mado::paper {

// An encoded page may be at most this long (contracts/madoguchi/v1/center.proto); a residence certificate's takes 34
// kB.
inline constexpr std::size_t most_encoded_bytes = 4 * 1024 * 1024;

// The page from its symbols. Its bytes depend on which symbols stand where, and on nothing else: not on the order in
// which they were added, not on what was drawn before. Refusal: page_check_failed beyond most_symbols_on_page different
// symbols, most_marks_on_page marks, or most_encoded_bytes.
Outcome<EncodedImage> encode_image(const Drawing& page);

// A page that is no drawing: what was scanned, the tint, a test's. Refusal: page_check_failed beyond
// most_encoded_bytes.
Outcome<EncodedImage> encode_image(const Raster& page);

// Whether `image` has the form of what encode_image writes: the page's size, the very segments, nothing that decoders
// read in different ways, every length within bounds. What the arithmetic coder wrote is not decoded. For whoever gets
// an image from elsewhere, before it goes on. Refusal: message_malformed.
Outcome<void> check_image(ByteView image);

}  // namespace mado::paper
