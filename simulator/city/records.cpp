#include "simulator/city/records.hpp"

#include <charconv>

namespace mado::simulator {

namespace {
constexpr std::uint32_t fiscal_year = 2026;
constexpr std::int64_t some_tax = 120'000;  // yen
constexpr const char* birthday = "1980-02-17";
}  // namespace

std::optional<RecordEdition> RecordEdition::read(std::string_view text) {
  const auto space = text.rfind(' ');
  if (space == std::string_view::npos) return std::nullopt;
  RecordEdition read{std::string(text.substr(0, space)), 0};
  const auto number = text.substr(space + 1);
  const auto parsed = std::from_chars(number.data(), number.data() + number.size(), read.edition);
  if (parsed.ec != std::errc{} || parsed.ptr != number.data() + number.size()) return std::nullopt;
  return read;
}

RecordEdition address_of(const Household& household) { return {"address " + household.number, household.edition}; }
RecordEdition seal_of(const Resident& resident) { return {"seal " + resident.number, resident.seal.edition}; }
RecordEdition family_register_of(const Family& family) { return {"register " + family.number, family.edition}; }
RecordEdition supplement_of(const Family& family) { return {"supplement " + family.number, family.supplement_edition}; }
RecordEdition tax_record_of(const Resident& resident) { return {"tax " + resident.number, resident.tax.edition}; }

registry::ResidentRow resident_row(const Resident& resident) {
  registry::ResidentRow row;
  row.household = resident.household->number;
  row.address = address_of(*resident.household).text();
  row.resident.set_number(resident.number);
  row.resident.set_name(resident.number);
  row.resident.mutable_born()->set_day(birthday);
  row.resident.set_state(resident.moved_out ? v1::RESIDENT_STATE_MOVED : v1::RESIDENT_STATE_CURRENT);
  return row;
}

v1::SealRegistration seal_record(const Resident& resident) {
  v1::SealRegistration seal;
  seal.set_number(std::to_string(resident.seal.edition));
  seal.set_state(resident.seal.cancelled ? v1::SEAL_STATE_CANCELLED : v1::SEAL_STATE_REGISTERED);
  seal.set_image(seal_of(resident).text());
  return seal;
}

v1::FamilyRegister family_register_record(const Family& family) {
  v1::FamilyRegister record;
  record.set_number(family.number);
  record.set_domicile(family_register_of(family).text());
  record.set_head(family.persons.front().name);
  record.set_notice_pending(family.notice.has_value());
  for (const auto& each : family.persons) {
    auto& person = *record.add_persons();
    person.set_number(each.number);
    person.set_given_name(each.name);
    person.mutable_born()->set_day(birthday);
    person.set_removed(each.removed);
    if (each.resident != nullptr) person.set_resident(each.resident->number);
  }
  return record;
}

v1::RegisterSupplement supplement_record(const Family& family) {
  v1::RegisterSupplement record;
  record.set_number(family.number);
  record.set_domicile(supplement_of(family).text());
  record.set_head(family.persons.front().name);
  for (const auto& each : family.persons) {
    auto& person = *record.add_persons();
    person.set_number(each.number);
    person.set_name(each.name);
    person.mutable_born()->set_day(birthday);
    person.set_removed(each.removed);
    if (each.resident != nullptr) person.set_resident(each.resident->number);
  }
  return record;
}

v1::TaxRecord tax_record(const Resident& resident) {
  v1::TaxRecord record;
  record.set_fiscal_year(fiscal_year);
  record.set_resident(resident.number);
  record.set_name(tax_record_of(resident).text());
  record.set_standing(resident.tax.declared ? v1::TAX_STANDING_ASSESSED : v1::TAX_STANDING_NOT_DECLARED);
  record.set_annual_tax(resident.tax.taxed ? some_tax : 0);
  return record;
}

registry::CardRow card_row(const Card& card, const std::string& person, bool family_register_only) {
  const auto bytes = [](const auto& octets) { return Bytes(octets.begin(), octets.end()); };
  return {bytes(card.facts.issuer_key), bytes(card.facts.serial), bytes(card.facts.public_key_digest), person,
          family_register_only};
}

RegisterContent first_registers(const Population& population, const std::string& city) {
  RegisterContent content;
  RegisterStandIn::Change change(content);
  for (const auto* resident : population.residents_of(city)) {
    (void)change.put_resident(resident_row(*resident));
    if (resident->seal.edition != 0) (void)change.put_seal(resident->number, seal_record(*resident));
  }
  for (const auto* family : population.families_of(city)) {
    (void)change.put_family_register(family_register_record(*family));
    (void)change.put_supplement(supplement_record(*family));
  }
  for (const auto& card : population.cards()) {
    if (card->holder->city() == city) (void)change.put_card(card_row(*card, card->holder->number));
    if (card->domicile() == city)
      (void)change.put_card(card_row(*card, card->holder->family->find(*card->holder)->number, true));
  }
  return content;
}

std::map<std::string, v1::TaxRecord> first_tax_records(const Population& population, const std::string& city) {
  std::map<std::string, v1::TaxRecord> records;
  for (const auto* resident : population.residents_of(city))
    if (resident->tax.edition != 0) records[resident->number] = tax_record(*resident);
  return records;
}

}  // namespace mado::simulator
