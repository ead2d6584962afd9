#include "registry/core/household_reading.hpp"

#include <algorithm>

#include "registry/core/relation.hpp"

namespace mado::registry {

namespace {
std::unexpected<Refusal> incomplete(const char* why) { return refuse(Reason::record_incomplete, why); }

template <typename Person>
Outcome<void> add_suppressions(ResidentRows& rows, const std::string& of, v1::RecordKind record, Person& person) {
  MADO_TRY(causes, rows.suppressions(of, record));
  for (const auto cause : causes) {
    if (std::ranges::find(person.suppressions(), cause) == person.suppressions().end()) person.add_suppressions(cause);
  }
  std::ranges::sort(*person.mutable_suppressions());
  return {};
}

Outcome<void> read_members(ResidentRows& rows, v1::Household& household) {
  MADO_CHECK(rows.add_members(household));
  for (auto& member : *household.mutable_members()) {
    MADO_CHECK(add_suppressions(rows, member.number(), v1::RECORD_KIND_UNSPECIFIED, member));
    if (member.state() == v1::RESIDENT_STATE_CURRENT && member.relation() == head_of_household)
      household.set_head(member.name());
  }
  return {};
}

Outcome<void> read_residence(ResidentRows& rows, v1::HouseholdSnapshot& snapshot) {
  auto& household = *snapshot.mutable_household();
  MADO_CHECK(rows.find_household(snapshot.holder(), household));
  if (household.number().empty()) return incomplete("a card's resident has no household");
  return read_members(rows, household);
}

Outcome<void> read_seal(ResidentRows& rows, v1::HouseholdSnapshot& snapshot) {
  const auto& members = snapshot.household().members();
  const auto owner = std::ranges::find(members, snapshot.holder(), &v1::Resident::number);
  if (owner == members.end()) return {};
  v1::SealRegistration seal;
  MADO_CHECK(rows.find_seal(*owner, seal));
  if (seal.number().empty()) return {};
  if (seal.resident() != owner->number()) return incomplete("the seal that was found is somebody else's");
  *snapshot.mutable_seal() = std::move(seal);
  return {};
}

// The holder's number in a 戸籍 or 附票 that was found for them.
template <typename Record>
Outcome<void> remember_person(const Record& record, const CardHolder& holder, v1::HouseholdSnapshot& snapshot) {
  const auto person = std::ranges::find_if(record.persons(), [&](const auto& each) {
    const bool is_holder =
        holder.resident.empty() ? each.number() == holder.person : each.resident() == holder.resident;
    return is_holder && !each.removed();
  });
  if (person == record.persons().end()) return incomplete("the holder does not stand in the record that was found");
  if (!snapshot.family_register_person().empty() && snapshot.family_register_person() != person->number())
    return incomplete("戸籍 and 附票 name the holder differently");
  snapshot.set_family_register_person(person->number());
  return {};
}

Outcome<void> read_family_register(ResidentRows& rows, const CardHolder& holder, v1::HouseholdSnapshot& snapshot) {
  v1::FamilyRegister record;
  MADO_CHECK(rows.find_family_register(holder, record));
  if (record.number().empty()) return {};
  for (auto& person : *record.mutable_persons())
    MADO_CHECK(add_suppressions(rows, person.number(), v1::RECORD_KIND_FAMILY_REGISTER, person));
  MADO_CHECK(remember_person(record, holder, snapshot));
  *snapshot.mutable_family_register() = std::move(record);
  return {};
}

Outcome<void> read_supplement(ResidentRows& rows, const CardHolder& holder, v1::HouseholdSnapshot& snapshot) {
  v1::RegisterSupplement record;
  MADO_CHECK(rows.find_supplement(holder, record));
  if (record.number().empty()) return {};
  for (auto& person : *record.mutable_persons()) {
    MADO_CHECK(add_suppressions(rows, person.number(), v1::RECORD_KIND_SUPPLEMENT, person));
    // It shows where people live: who is protected in the resident register is protected here (標準仕様書 1.1.16).
    if (!person.resident().empty())
      MADO_CHECK(add_suppressions(rows, person.resident(), v1::RECORD_KIND_UNSPECIFIED, person));
  }
  MADO_CHECK(remember_person(record, holder, snapshot));
  *snapshot.mutable_supplement() = std::move(record);
  return {};
}

Outcome<void> read_record(ResidentRows& rows, v1::RecordKind record, const CardHolder& holder,
                          v1::HouseholdSnapshot& snapshot) {
  switch (record) {
    case v1::RECORD_KIND_SEAL:
      return read_seal(rows, snapshot);
    case v1::RECORD_KIND_FAMILY_REGISTER:
      return read_family_register(rows, holder, snapshot);
    case v1::RECORD_KIND_SUPPLEMENT:
      return read_supplement(rows, holder, snapshot);
    default:
      return {};
  }
}

Outcome<void> add_freshness(ResidentRows& rows, v1::RecordKind record, v1::HouseholdSnapshot& snapshot) {
  auto& freshness = *snapshot.add_freshness();
  freshness.set_record(record);
  return rows.tell_freshness(freshness, Instant{snapshot.read_at()});
}
}  // namespace

Outcome<v1::HouseholdSnapshot> read_household(ResidentRows& rows, const v1::HouseholdQuery& query, Instant now) {
  MADO_CHECK(check_query(query));
  v1::HouseholdSnapshot snapshot;
  MADO_TRY(position, rows.last_change());
  MADO_TRY(claims, rows.cards(bytes_of(query.issuer_key()), bytes_of(query.serial())));
  const auto holder = holder_of(query, claims);
  snapshot.set_feed_position(position);
  snapshot.set_read_at(now.milliseconds);
  snapshot.set_mapping(holder.mapping);
  if (snapshot.mapping() != v1::CARD_MAPPING_FOUND) return snapshot;
  snapshot.set_holder(holder.resident);
  *snapshot.mutable_card() = holder.card;
  if (!holder.resident.empty()) MADO_CHECK(read_residence(rows, snapshot));
  MADO_CHECK(add_freshness(rows, v1::RECORD_KIND_UNSPECIFIED, snapshot));
  for (const auto asked : query.records()) {
    const auto record = static_cast<v1::RecordKind>(asked);
    MADO_CHECK(read_record(rows, record, holder, snapshot));
    MADO_CHECK(add_freshness(rows, record, snapshot));
  }
  return snapshot;
}

}  // namespace mado::registry
