// Somebody who may have every kind, and the tax record that goes with them: what each test then spoils.
#pragma once

#include <array>

#include "households.hpp"
#include "issuer/core/entitlement.hpp"

namespace mado::issuer::specimen {

inline const Instant today = start_of_day_in_japan(*parse_day("2026-11-21"));
inline constexpr std::chrono::minutes most_silence{10};

inline constexpr std::array all_kinds{v1::KIND_RESIDENCE_CERTIFICATE,
                                      v1::KIND_RESIDENCE_ITEMS,
                                      v1::KIND_SEAL_CERTIFICATE,
                                      v1::KIND_FAMILY_REGISTER_WHOLE,
                                      v1::KIND_FAMILY_REGISTER_PERSONS,
                                      v1::KIND_FAMILY_REGISTER_SUPPLEMENT,
                                      v1::KIND_INCOME,
                                      v1::KIND_TAXATION,
                                      v1::KIND_NO_TAXATION,
                                      v1::KIND_INCOME_AND_TAXATION};

inline constexpr const char* holder = "000000000000101";

// 渡邉 太郎, his wife and children, and a daughter who has left the 戸籍 by marriage.
inline v1::FamilyRegister family_register() {
  v1::FamilyRegister record;
  record.set_number("1-1");
  record.set_domicile("東京都千代田区平河町一丁目１０番地");
  record.set_head("渡邉󠄐　太郎");
  struct Registered {
    const char* number;
    const char* name;
    const char* born;
    const char* relation;
    const char* spouse;
    const char* resident;
    bool removed;
  };
  constexpr Registered persons[] = {{"1", "太郎", "1980-02-17", "長男", "夫", holder, false},
                                    {"2", "花子", "1982-11-03", "長女", "妻", "000000000000102", false},
                                    {"3", "美咲", "2003-04-02", "長女", "", "", true},
                                    {"4", "次郎", "2005-08-08", "長男", "", "", false}};
  for (const auto& [number, name, born, relation, spouse, resident, removed] : persons) {
    auto& person = *record.add_persons();
    person.set_number(number);
    person.set_given_name(name);
    person.mutable_born()->set_day(born);
    person.set_relation(relation);
    person.set_spouse(spouse);
    person.set_resident(resident);
    person.set_removed(removed);
  }
  return record;
}

inline v1::RegisterSupplement supplement() {
  v1::RegisterSupplement record;
  record.set_number("1-1");
  record.set_head("渡邉󠄐　太郎");
  const auto registered = family_register();
  for (const auto& from : registered.persons()) {
    auto& person = *record.add_persons();
    person.set_number(from.number());
    person.set_name("渡邉󠄐　" + from.given_name());
    *person.mutable_born() = from.born();
    person.set_resident(from.resident());
    person.set_removed(from.removed());
  }
  return record;
}

inline void hear_of_every_register(v1::HouseholdSnapshot& snapshot, Instant at) {
  snapshot.clear_freshness();
  for (const auto record : {v1::RECORD_KIND_UNSPECIFIED, v1::RECORD_KIND_SEAL, v1::RECORD_KIND_FAMILY_REGISTER,
                            v1::RECORD_KIND_SUPPLEMENT}) {
    auto& freshness = *snapshot.add_freshness();
    freshness.set_record(record);
    freshness.set_heard_at(at.milliseconds);
  }
}

inline v1::HouseholdSnapshot snapshot() {
  v1::HouseholdSnapshot made;
  made.set_mapping(v1::CARD_MAPPING_FOUND);
  made.set_holder(holder);
  *made.mutable_household() = watanabe();
  made.mutable_seal()->set_number("A-1");
  made.mutable_seal()->set_resident(holder);
  made.mutable_seal()->set_state(v1::SEAL_STATE_REGISTERED);
  *made.mutable_family_register() = family_register();
  *made.mutable_supplement() = supplement();
  made.set_family_register_person("1");
  hear_of_every_register(made, today);
  return made;
}

// The same man after he has moved to another city and registered his card for the 戸籍.
inline v1::HouseholdSnapshot snapshot_of_register_alone() {
  auto made = snapshot();
  made.clear_holder();
  made.clear_household();
  made.clear_seal();
  return made;
}

inline v1::TaxRecord untaxed() {
  v1::TaxRecord record;
  record.set_fiscal_year(2026);
  record.set_resident(holder);
  record.set_standing(v1::TAX_STANDING_ASSESSED);
  return record;
}

}  // namespace mado::issuer::specimen
