// Seals of a synthetic city: who has one registered, and how it looks.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/core/synthesis_household.hpp"

namespace mado::registry {

// The ink of one character (with its variation selector) in a square of `side` pixels, row by row; empty if there is
// none.
using SealGlyphs = std::function<std::vector<bool>(std::string_view character, int side)>;

// Raw PBM (P4), 600 dpi, as why_no_seal_image takes it. A character for which `glyphs` has no ink, or without `glyphs`
// every one, becomes a pattern of strokes of its own: no writing, but as different from others as writing is.
std::string draw_seal(const SealDesign& design, const SealGlyphs& glyphs = {});

// Some of the residents who are 15 or older have a seal registered; everybody of a known household has.
void add_seals(Making& making, const SyntheticHousehold& household, CityPart& part);

}  // namespace mado::registry
