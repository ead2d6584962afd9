// Draws 住民票の写し with the city's form, font and seal: the port Composer over issuer/core/residence.
#pragma once

#include <memory>

#include "issuer/core/issuer.hpp"
#include "operation/settings.hpp"

namespace mado::issuer {

// Reads "paper.font", "paper.sequence_fonts", "paper.glyph_cache_mib", "paper.residence_form", "paper.seal" (PBM),
// "authority.prefecture", ".title", ".name".
Outcome<std::unique_ptr<Composer>> load_composer(operation::Settings& settings);

}  // namespace mado::issuer
