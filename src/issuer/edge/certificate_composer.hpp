// Draws a city's certificates with its forms, font and seal: the port Composer over issuer/core/certificates.
#pragma once

#include <memory>
#include <vector>

#include "issuer/core/issuer.hpp"
#include "operation/settings.hpp"

namespace mado::issuer {

// Reads "paper.font", "paper.sequence_fonts", "paper.glyph_cache_mib", "paper.forms" (directory), "paper.seal" (PBM),
// "authority.prefecture",
// ".title", ".name", and [[authority.acting]]: "from", "until", "title", "name".
Outcome<std::unique_ptr<Composer>> load_composer(operation::Settings& settings, const std::vector<v1::Kind>& kinds);

}  // namespace mado::issuer
