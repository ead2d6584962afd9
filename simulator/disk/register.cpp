#include "simulator/disk/register.hpp"

namespace mado::simulator {

using registry::CardRow;
using registry::ClaimedCard;
using registry::ResidentRow;

Outcome<void> RegisterStandIn::change(const std::function<Outcome<void>(Change&)>& work) {
  auto changed = content_;
  Change change(changed);
  MADO_CHECK(work(change));
  ++changed.last_change;
  return disk_.commit([&] { content_ = std::move(changed); });
}

Outcome<std::vector<ClaimedCard>> RegisterStandIn::cards(const Bytes& issuer_key, const Bytes& serial) {
  std::vector<ClaimedCard> rows;
  const auto found = content_.cards.find({issuer_key, serial});
  if (found == content_.cards.end()) return rows;
  for (const auto& [resident, digest] : found->second)
    rows.push_back({{issuer_key, serial, digest, resident, false}, resident, true});
  return rows;
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
  if (record != v1::RECORD_KIND_UNSPECIFIED) return causes;
  if (const auto found = content_.suppressions.find(person); found != content_.suppressions.end())
    for (const auto cause : found->second) causes.push_back(static_cast<v1::Suppression>(cause));
  return causes;
}

Outcome<void> RegisterStandIn::Change::require_resident(const std::string& resident) const {
  if (content_.in_force.contains(resident)) return {};
  return refuse(Reason::input_invalid, "there is no resident with this 宛名番号");
}

Outcome<void> RegisterStandIn::Change::put_resident(const ResidentRow& row) {
  content_.households[row.household] = row.address;
  content_.in_force.insert_or_assign(row.resident.number(), row);
  for (const auto cause : row.resident.suppressions())
    MADO_CHECK(suppress(row.resident.number(), v1::RECORD_KIND_UNSPECIFIED, static_cast<v1::Suppression>(cause)));
  return {};
}

Outcome<void> RegisterStandIn::Change::put_card(const CardRow& card) {
  MADO_CHECK(require_resident(card.person));
  content_.cards[{card.issuer_key, card.serial}][card.person] = card.public_key_digest;
  return {};
}

Outcome<void> RegisterStandIn::Change::withdraw_card(const CardRow& card) {
  const auto found = content_.cards.find({card.issuer_key, card.serial});
  if (found != content_.cards.end()) found->second.erase(card.person);
  return {};
}

Outcome<void> RegisterStandIn::Change::suppress(const std::string& person, v1::RecordKind, v1::Suppression cause) {
  MADO_CHECK(require_resident(person));
  content_.suppressions[person].insert(cause);
  return {};
}

Outcome<void> RegisterStandIn::Change::lift(const std::string& person, v1::RecordKind, v1::Suppression cause) {
  MADO_CHECK(require_resident(person));
  content_.suppressions[person].erase(cause);
  return {};
}

}  // namespace mado::simulator
