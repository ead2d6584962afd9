// Reads a city's forms from its folder.
#pragma once

#include <filesystem>
#include <vector>

#include "issuer/core/certificates/certificate.hpp"

namespace mado::issuer {

// The forms that `kinds` are drawn with, from the files of their names in `directory`. Refusal: configuration_invalid
// for a form that is missing, broken, or lacks what its kinds draw.
Outcome<CertificateForms> load_forms(const std::filesystem::path& directory, const std::vector<v1::Kind>& kinds);

}  // namespace mado::issuer
