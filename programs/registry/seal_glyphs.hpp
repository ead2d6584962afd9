// Characters for the seals of a synthetic city, from a font.
#pragma once

#include <filesystem>

#include "base/refusal.hpp"
#include "registry/core/synthesis_seal.hpp"

namespace mado::registry {

// Refusal: configuration_invalid if the file is no font.
Outcome<SealGlyphs> glyphs_of_font(const std::filesystem::path& font);

}  // namespace mado::registry
