// What a change of the registers does: 住民記録, 印鑑登録, 戸籍, 附票 and tax.
#include <set>

#include "registry/core/record_check.hpp"
#include "registry/core/written_date.hpp"
#include "registry/edge/registers.hpp"
#include "registry/edge/tables.hpp"

namespace mado::registry {

namespace {
std::unexpected<Refusal> invalid(std::string why) { return refuse(Reason::input_invalid, std::move(why)); }

Outcome<void> demand(const std::string& why_not) {
  if (why_not.empty()) return {};
  return invalid(why_not);
}
}  // namespace

Outcome<void> Registers::Change::keep_resident(const std::string& household, v1::Resident resident) {
  const auto suppressions = resident.suppressions();
  resident.clear_suppressions();
  MADO_CHECK(registers_.tables_->resident.put(
      writer_, {resident.number(), wire::serialise(resident), {household, resident.individual_number()}, number_}));
  for (const auto cause : suppressions)
    MADO_CHECK(suppress(resident.number(), v1::RECORD_KIND_UNSPECIFIED, static_cast<v1::Suppression>(cause)));
  return {};
}

Outcome<void> Registers::Change::put_resident(const ResidentRow& row) {
  v1::Household household;
  household.set_number(row.household);
  household.set_address(row.address);
  MADO_CHECK(registers_.tables_->household.put(writer_, {row.household, wire::serialise(household), {}, number_}));
  return keep_resident(row.household, row.resident);
}

Outcome<void> Registers::Change::put_household(const v1::Household& household) {
  MADO_CHECK(demand(why_no_household(household)));
  v1::Household alone;
  alone.set_number(household.number());
  alone.set_address(household.address());
  MADO_CHECK(registers_.tables_->household.put(writer_, {alone.number(), wire::serialise(alone), {}, number_}));
  std::set<std::string> named;
  for (const auto& member : household.members()) named.insert(member.number());
  std::vector<StoredRecord> gone;
  MADO_CHECK(registers_.tables_->resident.each_part_of(household.number(), [&](StoredRecord record) {
    if (!named.contains(record.number)) gone.push_back(std::move(record));
  }));
  for (auto& record : gone) {
    record.marks.part_of.clear();
    record.change = number_;
    MADO_CHECK(registers_.tables_->resident.put(writer_, record));
  }
  for (const auto& member : household.members()) MADO_CHECK(keep_resident(household.number(), member));
  return {};
}

Outcome<v1::Resident> Registers::Change::resident_in_force(const std::string& number, std::string& household) {
  MADO_TRY(stored, registers_.tables_->resident.find(number));
  if (!stored) return invalid("there is no resident with this 宛名番号");
  household = stored->marks.part_of;
  return message_of<v1::Resident>(*stored);
}

Outcome<void> Registers::Change::set_leaving(const std::string& resident, const v1::Leaving& leaving) {
  std::string household;
  MADO_TRY(record, resident_in_force(resident, household));
  const bool withdrawn = !leaving.has_on() && leaving.destination().empty();
  if (withdrawn) {
    record.clear_leaving();
  } else {
    if (!leaving.has_on()) return invalid("転出予定年月日: is needed");
    if (const auto why = why_no_date(leaving.on().day(), leaving.on().written()); !why.empty())
      return invalid("転出予定年月日: " + std::string(why));
    if (leaving.destination().size() > longest_address) return invalid("転出先住所: is too long");
    *record.mutable_leaving() = leaving;
  }
  return keep_resident(household, std::move(record));
}

Outcome<void> Registers::Change::end_residence(const std::string& resident, v1::ResidentState state,
                                               const v1::WrittenDate& on) {
  if (state == v1::RESIDENT_STATE_CURRENT || word_of(state_words(), state).empty())
    return invalid("住民状態: must be moved, dead or removed");
  if (on.day().empty() && on.written().empty()) return invalid("異動年月日: is needed");
  if (const auto why = why_no_date(on.day(), on.written()); !why.empty())
    return invalid("異動年月日: " + std::string(why));
  std::string household;
  MADO_TRY(record, resident_in_force(resident, household));
  record.set_state(state);
  auto* change = record.add_changes();
  change->set_reason(state == v1::RESIDENT_STATE_MOVED  ? "転出"
                     : state == v1::RESIDENT_STATE_DEAD ? "死亡"
                                                        : "職権消除");
  change->set_item("住民状態");
  *change->mutable_changed() = on;
  MADO_CHECK(keep_resident(household, std::move(record)));
  MADO_TRY(stored, registers_.tables_->seal.find(resident));
  if (!stored) return {};
  MADO_TRY(seal, message_of<v1::SealRegistration>(*stored));
  seal.set_state(v1::SEAL_STATE_CANCELLED);
  MADO_CHECK(registers_.tables_->seal.put(writer_, {resident, wire::serialise(seal), stored->marks, number_}));
  return {};
}

Outcome<void> Registers::Change::put_seal(const std::string& resident, const v1::SealRegistration& seal) {
  MADO_CHECK(demand(why_no_seal(seal)));
  if (!seal.resident().empty() && seal.resident() != resident) return invalid("印鑑登録: names another 宛名番号");
  std::string household;
  MADO_TRY(owner, resident_in_force(resident, household));
  MADO_TRY(stored, registers_.tables_->seal.find(resident));
  if (stored) {
    MADO_TRY(before, message_of<v1::SealRegistration>(*stored));
    if (before.state() == v1::SEAL_STATE_CANCELLED && before.number() == seal.number() &&
        seal.state() != v1::SEAL_STATE_CANCELLED)
      return invalid("印鑑登録番号: was cancelled, which is final");
  }
  auto kept = seal;
  kept.set_resident(resident);
  MADO_CHECK(
      registers_.tables_->seal.put(writer_, {resident, wire::serialise(kept), {{}, digest_of_names(owner)}, number_}));
  return {};
}

Outcome<void> Registers::Change::put_family_register(const v1::FamilyRegister& record) {
  MADO_CHECK(demand(why_no_family_register(record)));
  auto kept = record;
  std::vector<Standing> persons;
  for (auto& person : *kept.mutable_persons()) {
    person.clear_suppressions();
    persons.push_back({person.number(), person.resident(), person.removed() || record.closed()});
  }
  MADO_TRY(changed,
           registers_.tables_->family_register.put(writer_, {kept.number(), wire::serialise(kept), {}, number_}));
  if (changed) MADO_CHECK(link_persons(v1::RECORD_KIND_FAMILY_REGISTER, record.number(), persons));
  for (const auto& person : record.persons()) {
    for (const auto cause : person.suppressions())
      MADO_CHECK(suppress(person.number(), v1::RECORD_KIND_FAMILY_REGISTER, static_cast<v1::Suppression>(cause)));
  }
  return {};
}

Outcome<void> Registers::Change::put_supplement(const v1::RegisterSupplement& record) {
  MADO_CHECK(demand(why_no_supplement(record)));
  auto kept = record;
  std::vector<Standing> persons;
  for (auto& person : *kept.mutable_persons()) {
    person.clear_suppressions();
    persons.push_back({person.number(), person.resident(), person.removed()});
  }
  MADO_TRY(changed, registers_.tables_->supplement.put(writer_, {kept.number(), wire::serialise(kept), {}, number_}));
  if (changed) MADO_CHECK(link_persons(v1::RECORD_KIND_SUPPLEMENT, record.number(), persons));
  for (const auto& person : record.persons()) {
    for (const auto cause : person.suppressions())
      MADO_CHECK(suppress(person.number(), v1::RECORD_KIND_SUPPLEMENT, static_cast<v1::Suppression>(cause)));
  }
  return {};
}

// Who stands where is found by columns; the records themselves say no more.
Outcome<void> Registers::Change::link_persons(v1::RecordKind record, const std::string& number,
                                              const std::vector<Standing>& persons) {
  MADO_CHECK(writer_.run("DELETE FROM standing WHERE record = ? AND number = ?", {std::int64_t{record}, number}));
  for (const auto& standing : persons) {
    MADO_CHECK(writer_.run(
        "INSERT INTO standing (record, number, person, resident, removed) VALUES (?, ?, ?, ?, ?)",
        {std::int64_t{record}, number, standing.person, standing.resident, std::int64_t{standing.removed}}));
  }
  return {};
}

Outcome<void> Registers::Change::set_notice(const std::string& family_register, bool pending) {
  MADO_TRY(stored, registers_.tables_->family_register.find(family_register));
  if (!stored) return invalid("there is no 戸籍 with this number");
  MADO_TRY(record, message_of<v1::FamilyRegister>(*stored));
  record.set_notice_pending(pending);
  MADO_CHECK(registers_.tables_->family_register.put(writer_, {family_register, wire::serialise(record), {}, number_}));
  return {};
}

Outcome<void> Registers::Change::put_tax_record(const v1::TaxRecord& record) {
  MADO_CHECK(demand(why_no_tax(record)));
  const auto number = tax_number(record.fiscal_year(), record.resident());
  auto kept = record;
  MADO_TRY(stored, registers_.tables_->tax_record.find(number));
  if (stored) {
    MADO_TRY(before, message_of<v1::TaxRecord>(*stored));
    kept.set_position(before.position());
    if (wire::serialise(kept) == stored->body) return {};
  }
  kept.set_position(static_cast<std::uint64_t>(number_));
  MADO_CHECK(registers_.tables_->tax_record.put(
      writer_, {number, wire::serialise(kept), {number.substr(0, number.find('/')), record.resident()}, number_}));
  return {};
}

Outcome<void> Registers::Change::put_declaration(const v1::TaxDeclaration& declaration) {
  MADO_CHECK(demand(why_no_declaration(declaration)));
  const auto body = wire::serialise(declaration);
  bool is_there = false;
  bool same = false;
  MADO_CHECK(registers_.database_->query("SELECT body FROM tax_declaration WHERE number = ?", {declaration.number()},
                                         [&](const store::Row& row) {
                                           is_there = true;
                                           same = row.blob(0) == body;
                                         }));
  if (is_there && !same) return invalid("受付番号: was received with another content, which is never changed");
  if (is_there) return {};
  return writer_.run(
      "INSERT INTO tax_declaration (number, fiscal_year, resident, change, body) VALUES (?, ?, ?, ?, ?)",
      {declaration.number(), std::int64_t{declaration.fiscal_year()}, declaration.resident(), number_, body});
}

Outcome<void> Registers::Change::put_addressee(const v1::Addressee& addressee) {
  MADO_CHECK(demand(why_no_addressee(addressee)));
  MADO_CHECK(registers_.tables_->addressee.put(
      writer_, {addressee.number(), wire::serialise(addressee), {{}, addressee.individual_number()}, number_}));
  return {};
}

}  // namespace mado::registry
