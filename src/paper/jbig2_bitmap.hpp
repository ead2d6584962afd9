// Pixels in JBIG2's arithmetic coding: the generic region of ITU-T T.88 6.2 with template 2 (Figure 5), whose ten
// pixels learn a single glyph sooner than the sixteen of template 0.
#pragma once

#include <array>

#include "paper/mq_encoder.hpp"
#include "paper/raster.hpp"

namespace mado::paper {

inline constexpr unsigned jbig2_template = 2;                                // GBTEMPLATE, SDTEMPLATE
inline constexpr std::array<std::uint8_t, 2> jbig2_adaptive_pixel{2, 0xff};  // (2, −1): where Figure 5 puts it

// Whether a row that equals the one above it is told by one decision (TPGDON, 6.2.5.7).
enum class TypicalPrediction { off, on };

// Encodes every pixel of `bitmap`, from the top row down.
void encode_pixels(MqEncoder& out, const BitmapView& bitmap, TypicalPrediction prediction);

}  // namespace mado::paper
