// Reads a city's rules file (docs/rules.md): TOML, checked as a whole.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "application/rules.hpp"

namespace mado::application {

inline constexpr std::size_t largest_rules_file = 256 * 1024;  // bytes

// The edition that a text describes; its version is 0, `effective` is the moment that the file names. `file` stands in
// refusals only. Refusal: configuration_invalid with everything that is wrong, a line each, "chiba.toml:12:
// kind[0].fee: must be from 0 to 10000, not 10001".
Outcome<OfferRules> read_rules(std::string_view toml, const std::filesystem::path& file);

}  // namespace mado::application
