// Records for the tests of the registers: nobody real.
#pragma once

#include <string>

#include "registry/core/check_digit.hpp"
#include "registry/core/rows.hpp"

namespace mado::registry {

// The `sequence`-th number that has a check digit, from 0.
inline std::string number(int sequence) {
  for (std::uint64_t candidate = 1;; ++candidate) {
    const auto found = register_number(candidate);
    if (found && sequence-- == 0) return *found;
  }
}

inline ResidentRow resident(int sequence, int household, const std::string& relation = "世帯主") {
  ResidentRow row;
  row.household = number(1000 + household);
  row.address = "東京都千代田区本町一丁目１番１号";
  row.resident.set_number(number(sequence));
  row.resident.set_state(v1::RESIDENT_STATE_CURRENT);
  row.resident.set_sex(v1::SEX_MALE);
  row.resident.set_name("渡邉\U000E0102　健一");
  row.resident.set_kana("ワタナベ　ケンイチ");
  row.resident.set_relation(relation);
  row.resident.mutable_born()->set_day("1980-02-17");
  return row;
}

inline v1::Household household_of(const std::vector<ResidentRow>& rows) {
  v1::Household household;
  household.set_number(rows.front().household);
  household.set_address(rows.front().address);
  for (const auto& row : rows) *household.add_members() = row.resident;
  return household;
}

// A black frame of `side` pixels.
inline std::string seal_image(int side = 319) {
  const auto stride = static_cast<std::size_t>((side + 7) / 8);
  std::string rows(stride * static_cast<std::size_t>(side), '\0');
  for (std::size_t x = 0; x < stride; ++x) rows[x] = '\xff';
  return "P4\n" + std::to_string(side) + " " + std::to_string(side) + "\n" + rows;
}

inline v1::SealRegistration seal(const std::string& number = "A-1") {
  v1::SealRegistration seal;
  seal.set_number(number);
  seal.set_state(v1::SEAL_STATE_REGISTERED);
  seal.set_image(seal_image());
  seal.mutable_registered()->set_day("2020-05-01");
  return seal;
}

// As the register gives it back: with whose it is.
inline v1::SealRegistration seal_of(const std::string& resident) {
  auto registered = seal();
  registered.set_resident(resident);
  return registered;
}

inline void add_entry(google::protobuf::RepeatedPtrField<v1::RegisterEntry>& entries, const std::string& label,
                      const std::vector<std::pair<std::string, std::string>>& items) {
  auto* entry = entries.Add();
  entry->set_label(label);
  for (const auto& [index, text] : items) {
    auto* item = entry->add_items();
    item->set_index(index);
    item->set_text(text);
  }
}

// 筆頭者 and one child; `resident` is the first one's 宛名番号.
inline v1::FamilyRegister family_register(const std::string& number, const std::string& resident = {}) {
  v1::FamilyRegister record;
  record.set_number(number);
  record.set_domicile("東京都千代田区平河町一丁目１０番地");
  record.set_head("渡邉\U000E0102　健一");
  add_entry(*record.mutable_matters(), "戸籍編製", {{"編製日", "平成２２年６月１日"}});
  for (int i = 0; i < 2; ++i) {
    auto* person = record.add_persons();
    person->set_number(number + "-" + std::to_string(i + 1));
    person->set_given_name(i == 0 ? "健一" : "大翔");
    person->mutable_born()->set_day(i == 0 ? "1980-02-17" : "2012-07-03");
    person->set_father(i == 0 ? "渡邉\U000E0102　昭" : "渡邉\U000E0102　健一");
    person->set_relation("長男");
    if (i == 0) person->set_resident(resident);
    add_entry(*person->mutable_entries(), "出生",
              {{"出生日", i == 0 ? "昭和５５年２月１７日" : "平成２４年７月３日"},
               {"出生地", "東京都千代田区"},
               {"届出人", "父"}});
  }
  return record;
}

inline v1::RegisterSupplement supplement(const v1::FamilyRegister& of) {
  v1::RegisterSupplement record;
  record.set_number(of.number());
  record.set_domicile(of.domicile());
  record.set_head(of.head());
  record.mutable_compiled()->set_day("2010-06-01");
  for (const auto& from : of.persons()) {
    auto* person = record.add_persons();
    person->set_number(from.number());
    person->set_name("渡邉\U000E0102　" + from.given_name());
    person->set_given_name(from.given_name());
    *person->mutable_born() = from.born();
    person->set_sex(v1::SEX_MALE);
    person->set_resident(from.resident());
    auto* address = person->add_addresses();
    address->set_address("東京都千代田区本町一丁目１番１号");
    address->mutable_since()->set_day("2012-07-03");
  }
  return record;
}

inline v1::TaxRecord tax_record(int sequence, std::uint32_t year = 2026) {
  v1::TaxRecord record;
  record.set_fiscal_year(year);
  record.set_resident(number(sequence));
  record.set_name("渡邉\U000E0102　健一");
  record.set_address("東京都千代田区本町一丁目１番１号");
  record.mutable_born()->set_day("1980-02-17");
  record.set_standing(v1::TAX_STANDING_ASSESSED);
  auto* income = record.add_incomes();
  income->set_item("salary_income");
  income->set_yen(5'000'000);
  record.set_total_income(3'560'000);
  record.set_annual_tax(182'300);
  return record;
}

}  // namespace mado::registry
