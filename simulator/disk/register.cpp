#include "simulator/disk/register.hpp"

#include <algorithm>

namespace mado::simulator {

using registry::CardHolder;
using registry::CardRow;
using registry::ClaimedCard;
using registry::ResidentRow;

namespace {
SealNames names_of(const v1::Resident& owner) {
  return {owner.name(), owner.former_surname(), owner.foreign().name_kanji(), owner.foreign().alias()};
}

bool has_left(const v1::FamilyRegister& record, const v1::RegisteredPerson& person) {
  return person.removed() || record.closed();
}
bool has_left(const v1::RegisterSupplement&, const v1::SupplementPerson& person) { return person.removed(); }

bool is(const CardHolder& holder, const auto& person) {
  return holder.resident.empty() ? person.number() == holder.person : person.resident() == holder.resident;
}

// The record in which somebody stands now.
template <typename Record>
Outcome<void> find_standing(const std::map<std::string, Record>& records, const CardHolder& holder, Record& found) {
  for (const auto& [number, record] : records) {
    const auto stands = std::ranges::count_if(
        record.persons(), [&](const auto& person) { return is(holder, person) && !has_left(record, person); });
    if (stands == 0) continue;
    if (stands > 1 || !found.number().empty())
      return refuse(Reason::record_incomplete, "somebody stands in two registers of one kind");
    found = record;
  }
  return {};
}

// 宛名番号 of somebody who stands in a 戸籍 or 附票; empty if none is known. Of several the last.
void resident_of(const auto& records, const std::string& person, std::string& resident) {
  for (const auto& [number, record] : records) {
    for (const auto& each : record.persons())
      if (each.number() == person) resident = std::max(resident, each.resident());
  }
}

bool has_person(const auto& records, const std::string& person) {
  return std::ranges::any_of(records, [&](const auto& record) {
    return std::ranges::any_of(record.second.persons(), [&](const auto& each) { return each.number() == person; });
  });
}

template <typename Record>
Record without_suppressions(Record record) {
  for (auto& person : *record.mutable_persons()) person.clear_suppressions();
  return record;
}
}  // namespace

Outcome<void> RegisterStandIn::change(const std::function<Outcome<void>(Change&)>& work) {
  auto changed = content_;
  Change change(changed);
  MADO_CHECK(work(change));
  ++changed.last_change;
  return disk_.commit([&] { content_ = std::move(changed); });
}

Outcome<std::vector<ClaimedCard>> RegisterStandIn::cards(const Bytes& issuer_key, const Bytes& serial) {
  std::vector<ClaimedCard> claims;
  const auto found = content_.cards.find({issuer_key, serial});
  if (found == content_.cards.end()) return claims;
  for (const auto& [person, claim] : found->second) {
    ClaimedCard claimed{{issuer_key, serial, claim.public_key_digest, person, claim.family_register_only}, {}, false};
    if (claim.family_register_only) {
      resident_of(content_.family_registers, person, claimed.resident);
      resident_of(content_.supplements, person, claimed.resident);
    } else {
      claimed.resident = person;
    }
    const auto resident = content_.in_force.find(claimed.resident);
    claimed.lives_here =
        resident != content_.in_force.end() && resident->second.resident.state() == v1::RESIDENT_STATE_CURRENT;
    claims.push_back(std::move(claimed));
  }
  return claims;
}

Outcome<void> RegisterStandIn::find_household(const std::string& resident, v1::Household& household) {
  const auto found = content_.in_force.find(resident);
  if (found == content_.in_force.end()) return {};
  household.set_number(found->second.household);
  household.set_address(content_.households.at(found->second.household));
  return {};
}

Outcome<void> RegisterStandIn::add_members(v1::Household& household) {
  for (const auto& [number, row] : content_.in_force) {
    if (row.household != household.number()) continue;
    auto& member = *household.add_members();
    member = row.resident;
    member.clear_suppressions();
  }
  return {};
}

Outcome<std::vector<v1::Suppression>> RegisterStandIn::suppressions(const std::string& person, v1::RecordKind record) {
  std::vector<v1::Suppression> causes;
  if (const auto found = content_.suppressions.find({person, record}); found != content_.suppressions.end())
    for (const auto cause : found->second) causes.push_back(static_cast<v1::Suppression>(cause));
  return causes;
}

Outcome<void> RegisterStandIn::find_seal(const v1::Resident& owner, v1::SealRegistration& seal) {
  const auto found = content_.seals.find(owner.number());
  if (found == content_.seals.end()) return {};
  seal = found->second.registration;
  seal.set_name_changed(found->second.registered_for != names_of(owner));
  return {};
}

Outcome<void> RegisterStandIn::find_family_register(const CardHolder& holder, v1::FamilyRegister& record) {
  return find_standing(content_.family_registers, holder, record);
}

Outcome<void> RegisterStandIn::find_supplement(const CardHolder& holder, v1::RegisterSupplement& record) {
  return find_standing(content_.supplements, holder, record);
}

Outcome<void> RegisterStandIn::Change::require_resident(const std::string& resident) const {
  if (content_.in_force.contains(resident)) return {};
  return refuse(Reason::input_invalid, "there is no resident with this 宛名番号");
}

Outcome<void> RegisterStandIn::Change::require_person(const std::string& person, v1::RecordKind record) const {
  if (record == v1::RECORD_KIND_UNSPECIFIED) return require_resident(person);
  const bool found = record == v1::RECORD_KIND_SUPPLEMENT
                         ? has_person(content_.supplements, person)
                         : record == v1::RECORD_KIND_FAMILY_REGISTER && has_person(content_.family_registers, person);
  if (found) return {};
  return refuse(Reason::input_invalid, "nobody with this number stands in that register");
}

Outcome<void> RegisterStandIn::Change::put_resident(const ResidentRow& row) {
  content_.households[row.household] = row.address;
  content_.in_force.insert_or_assign(row.resident.number(), row);
  for (const auto cause : row.resident.suppressions())
    MADO_CHECK(suppress(row.resident.number(), v1::RECORD_KIND_UNSPECIFIED, static_cast<v1::Suppression>(cause)));
  return {};
}

Outcome<void> RegisterStandIn::Change::put_seal(const std::string& resident, const v1::SealRegistration& seal) {
  if (!seal.resident().empty() && seal.resident() != resident)
    return refuse(Reason::input_invalid, "the seal names somebody else");
  MADO_CHECK(require_resident(resident));
  if (const auto found = content_.seals.find(resident); found != content_.seals.end()) {
    const auto& before = found->second.registration;
    if (before.state() == v1::SEAL_STATE_CANCELLED && before.number() == seal.number() &&
        seal.state() != v1::SEAL_STATE_CANCELLED)
      return refuse(Reason::input_invalid, "the seal was cancelled, which is final");
  }
  auto kept = seal;
  kept.set_resident(resident);
  content_.seals[resident] = {std::move(kept), names_of(content_.in_force.at(resident).resident)};
  return {};
}

template <typename Record>
Outcome<void> RegisterStandIn::Change::suppress_persons(const Record& record, v1::RecordKind kind) {
  for (const auto& person : record.persons()) {
    for (const auto cause : person.suppressions())
      MADO_CHECK(suppress(person.number(), kind, static_cast<v1::Suppression>(cause)));
  }
  return {};
}

Outcome<void> RegisterStandIn::Change::put_family_register(const v1::FamilyRegister& record) {
  content_.family_registers[record.number()] = without_suppressions(record);
  return suppress_persons(record, v1::RECORD_KIND_FAMILY_REGISTER);
}

Outcome<void> RegisterStandIn::Change::put_supplement(const v1::RegisterSupplement& record) {
  content_.supplements[record.number()] = without_suppressions(record);
  return suppress_persons(record, v1::RECORD_KIND_SUPPLEMENT);
}

Outcome<void> RegisterStandIn::Change::set_notice(const std::string& family_register, bool pending) {
  const auto found = content_.family_registers.find(family_register);
  if (found == content_.family_registers.end())
    return refuse(Reason::input_invalid, "there is no 戸籍 with this number");
  found->second.set_notice_pending(pending);
  return {};
}

Outcome<void> RegisterStandIn::Change::put_card(const CardRow& card) {
  MADO_CHECK(require_person(card.person,
                            card.family_register_only ? v1::RECORD_KIND_FAMILY_REGISTER : v1::RECORD_KIND_UNSPECIFIED));
  content_.cards[{card.issuer_key, card.serial}][card.person] = {card.public_key_digest, card.family_register_only};
  return {};
}

Outcome<void> RegisterStandIn::Change::withdraw_card(const CardRow& card) {
  const auto found = content_.cards.find({card.issuer_key, card.serial});
  if (found != content_.cards.end()) found->second.erase(card.person);
  return {};
}

Outcome<void> RegisterStandIn::Change::suppress(const std::string& person, v1::RecordKind record,
                                                v1::Suppression cause) {
  MADO_CHECK(require_person(person, record));
  content_.suppressions[{person, record}].insert(cause);
  return {};
}

Outcome<void> RegisterStandIn::Change::lift(const std::string& person, v1::RecordKind record, v1::Suppression cause) {
  MADO_CHECK(require_person(person, record));
  content_.suppressions[{person, record}].erase(cause);
  return {};
}

}  // namespace mado::simulator
