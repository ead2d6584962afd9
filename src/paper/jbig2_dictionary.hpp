// The data of JBIG2 symbol dictionary segments: ITU-T T.88 6.5 and 7.4.2, arithmetic coding, no refinement. A
// dictionary holds one symbol of its own, or hands on all those of the dictionaries that its segment refers to.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.hpp"
#include "paper/raster.hpp"

namespace mado::paper {

// A dictionary of the one symbol `bitmap`, which is not empty. Its spare bits at the rows' ends are not looked at.
Bytes dictionary_of(const BitmapView& bitmap);

// A dictionary without a symbol of its own that exports `count` symbols, all that it refers to.
Bytes dictionary_handing_on(std::uint32_t count);

// Whether `data` begins as dictionary_of writes it: a dictionary of one symbol of its own. What is coded after that is
// not looked at.
bool begins_as_dictionary_of_one(ByteView data);

}  // namespace mado::paper
