// What the register answers to a card (chain.md rule 8), whatever its rows lie in: which resident the card names, whom
// the household has, who of it is suppressed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/refusal.hpp"
#include "registry/core/rows.hpp"

namespace mado::registry {

// The register's rows as of one moment: the storage keeps them still while a household is read. Each function may
// refuse with storage_failed.
class ResidentRows {
 public:
  virtual ~ResidentRows() = default;
  // The number of the last change.
  virtual Outcome<std::uint64_t> last_change() = 0;
  // Every row of this certificate, whatever its key.
  virtual Outcome<std::vector<CardRow>> cards(const Bytes& issuer_key, const Bytes& serial) = 0;
  // Number and address of the household that the resident's row in force names; left empty if there is none.
  virtual Outcome<void> find_household(const std::string& resident, v1::Household& household) = 0;
  // Adds the rows in force of `household.number()`, in any order, without their suppressions.
  virtual Outcome<void> add_members(v1::Household& household) = 0;
  // The causes that stand for a resident, in their order.
  virtual Outcome<std::vector<v1::Suppression>> suppressions(const std::string& resident) = 0;
};

// The household of the resident who holds the card, as one snapshot. A query that names no or two residents is answered
// with that mapping. Refusals: message_malformed for a query of another form; record_incomplete if the card's resident
// has no household; those of the rows.
Outcome<v1::HouseholdSnapshot> read_household(ResidentRows& rows, const v1::HouseholdQuery& query, Instant now);

}  // namespace mado::registry
