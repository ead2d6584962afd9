// What the registers answer to a card (chain.md rule 8), whatever their rows lie in: whom the card names, whom the
// household has, who of it is suppressed, and the records that were asked for.
#pragma once

#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/refusal.hpp"
#include "registry/core/card_holder.hpp"

namespace mado::registry {

// The registers' rows as of one moment: the storage keeps them still while a household is read. Each function may
// refuse with storage_failed, or with record_incomplete if rows do not fit together. The records below the line are in
// no register unless the storage has one.
class ResidentRows {
 public:
  virtual ~ResidentRows() = default;
  // The number of the last change.
  virtual Outcome<std::uint64_t> last_change() = 0;
  // Every row of this certificate, whatever its key.
  virtual Outcome<std::vector<ClaimedCard>> cards(const Bytes& issuer_key, const Bytes& serial) = 0;
  // Number and address of the household that the resident's row in force names; left empty if there is none.
  virtual Outcome<void> find_household(const std::string& resident, v1::Household& household) = 0;
  // Adds the rows in force of `household.number()`, in any order.
  virtual Outcome<void> add_members(v1::Household& household) = 0;
  // The causes that stand for a person and that register's documents, besides those in the record itself. `person` is a
  // 宛名番号, or a number in the 戸籍.
  virtual Outcome<std::vector<v1::Suppression>> suppressions(const std::string& person, v1::RecordKind record) = 0;

  // Each leaves its record empty if there is none.
  virtual Outcome<void> find_seal(const v1::Resident&, v1::SealRegistration&) { return {}; }
  virtual Outcome<void> find_family_register(const CardHolder&, v1::FamilyRegister&) { return {}; }
  virtual Outcome<void> find_supplement(const CardHolder&, v1::RegisterSupplement&) { return {}; }
  // When the register last heard from whoever feeds it; one that nobody feeds is as fresh as the question.
  virtual Outcome<void> tell_freshness(v1::Freshness& freshness, Instant now) {
    freshness.set_heard_at(now.milliseconds);
    return {};
  }
};

// The household of whoever holds the card and the records that were asked for, as one snapshot. A query that names no
// or two people is answered with that mapping. Refusals: message_malformed for a query of another form;
// record_incomplete if the card's resident has no household, or what is found does not fit together; those of the rows.
Outcome<v1::HouseholdSnapshot> read_household(ResidentRows& rows, const v1::HouseholdQuery& query, Instant now);

}  // namespace mado::registry
