// Reads one [[kind]] of a rules file.
#pragma once

#include <string>

#include "application/rules_reader.hpp"

namespace mado::application {

// `at` is its key, "kind[0]"; `rules` has the families already. What is wrong is remembered by the reader.
KindRule read_kind(RulesReader& reader, const std::string& at, const OfferRules& rules);

}  // namespace mado::application
