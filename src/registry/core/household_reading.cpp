#include "registry/core/household_reading.hpp"

#include "registry/core/relation.hpp"

namespace mado::registry {

namespace {
Outcome<void> check(const v1::HouseholdQuery& query) {
  const auto& serial = query.serial();
  if (query.issuer_key().size() == 20 && query.public_key_digest().size() == 32 && !serial.empty() &&
      serial.size() <= 20 && serial.front() != 0) {
    return {};
  }
  return refuse(Reason::message_malformed, "a household query names no card");
}

// Whom the card names. Two residents are ambiguous whatever their keys; one is found only with the very key.
v1::CardMapping mapping_of(const std::vector<CardRow>& found, const v1::HouseholdQuery& query) {
  if (found.size() > 1) return v1::CARD_MAPPING_AMBIGUOUS;
  if (found.empty() || !equal_in_constant_time(found.front().public_key_digest, view_of(query.public_key_digest())))
    return v1::CARD_MAPPING_UNKNOWN;
  return v1::CARD_MAPPING_FOUND;
}

// As the holder's row has it, so that an answer to another question shows.
v1::HouseholdQuery card_of(const CardRow& row) {
  v1::HouseholdQuery card;
  card.set_issuer_key(string_of(row.issuer_key));
  card.set_serial(string_of(row.serial));
  card.set_public_key_digest(string_of(row.public_key_digest));
  return card;
}

Outcome<void> read_members(ResidentRows& rows, v1::Household& household) {
  MADO_CHECK(rows.add_members(household));
  for (auto& member : *household.mutable_members()) {
    MADO_TRY(causes, rows.suppressions(member.number()));
    for (const auto cause : causes) member.add_suppressions(cause);
    if (member.state() == v1::RESIDENT_STATE_CURRENT && member.relation() == head_of_household)
      household.set_head(member.name());
  }
  return {};
}
}  // namespace

Outcome<v1::HouseholdSnapshot> read_household(ResidentRows& rows, const v1::HouseholdQuery& query, Instant now) {
  MADO_CHECK(check(query));
  v1::HouseholdSnapshot snapshot;
  MADO_TRY(position, rows.last_change());
  MADO_TRY(found, rows.cards(bytes_of(query.issuer_key()), bytes_of(query.serial())));
  snapshot.set_feed_position(position);
  snapshot.set_read_at(now.milliseconds);
  snapshot.set_mapping(mapping_of(found, query));
  if (snapshot.mapping() != v1::CARD_MAPPING_FOUND) return snapshot;
  snapshot.set_holder(found.front().resident);
  *snapshot.mutable_card() = card_of(found.front());
  auto& household = *snapshot.mutable_household();
  MADO_CHECK(rows.find_household(snapshot.holder(), household));
  if (household.number().empty()) return refuse(Reason::record_incomplete, "a card's resident has no household");
  MADO_CHECK(read_members(rows, household));
  return snapshot;
}

}  // namespace mado::registry
