// CCITT Group 4 (ITU-T T.6) of whole pages, done by libtiff in memory: how a page drawn by Cairo is encoded.
#pragma once

#include "base/bytes.hpp"
#include "base/refusal.hpp"

namespace mado::bench {

// A page of paper::row_bytes × paper::page_height bytes as one Group 4 strip. Refusal: internal if libtiff fails.
Outcome<Bytes> encode_group4(ByteView bits);

}  // namespace mado::bench
