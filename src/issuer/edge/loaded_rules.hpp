// The rules that were loaded into the city's ledger, as the issuer's port: looked up at every call, read when there is
// a new edition.
#pragma once

#include <memory>

#include "issuer/core/issuer.hpp"
#include "ledger/rule_editions.hpp"

namespace mado::issuer {

// Thread-safe. What `book` refuses with names the version that does not read.
std::unique_ptr<Rules> make_loaded_rules(std::unique_ptr<ledger::RuleEditions> editions);

}  // namespace mado::issuer
