// Households as the register would answer them. All persons are invented; 個人番号 only have right check digits.
#pragma once

#include <string>

#include "madoguchi/v1/register.pb.h"

namespace mado::issuer::specimen {

namespace v1 = madoguchi::v1;

struct Person {
  std::string number;
  std::string name;
  std::string relation;
  std::string born;
  v1::Sex sex = v1::SEX_UNSPECIFIED;
};

inline v1::Resident resident(const Person& person) {
  v1::Resident made;
  made.set_number(person.number);
  made.set_name(person.name);
  made.set_kana("ワタナベ　タロウ");
  made.mutable_born()->set_day(person.born);
  made.set_sex(person.sex);
  made.set_relation(person.relation);
  made.mutable_resident_since()->set_day("2010-04-01");
  made.set_family_register("東京都千代田区平河町一丁目１０番地");
  made.set_register_head("渡邉󠄐　太郎");
  made.set_individual_number("123456789018");
  made.set_state(v1::RESIDENT_STATE_CURRENT);
  return made;
}

// 渡邉󠄐 is U+6E21 U+9089 U+E0110, a sequence of the collection Moji_Joho.
inline v1::Household watanabe() {
  v1::Household household;
  household.set_number("000000000000019");
  household.set_address("東京都千代田区平河町一丁目１番１号　見本マンション平河町５０２号室");
  household.set_head("渡邉󠄐　太郎");
  const Person people[] = {{"000000000000101", "渡邉󠄐　太郎", "世帯主", "1980-02-17", v1::SEX_MALE},
                           {"000000000000102", "渡邉󠄐　花子", "妻", "1982-11-03", v1::SEX_FEMALE},
                           {"000000000000103", "渡邉󠄐　一郎", "子", "2010-05-05", v1::SEX_MALE},
                           {"000000000000104", "渡邉󠄐　さくら", "子", "2019-05-01", v1::SEX_FEMALE}};
  for (const auto& person : people) *household.add_members() = resident(person);
  auto& head = *household.mutable_members(0);
  head.mutable_address_since()->set_day("2015-06-20");
  head.set_previous_address("神奈川県横浜市中区日本大通１番地");
  head.mutable_notified()->set_day("2010-04-05");
  auto& wife = *household.mutable_members(1);
  wife.set_kana("ワタナベ　ハナコ");
  wife.set_former_surname("葛󠄂城");
  wife.set_former_surname_kana("カツラギ");
  return household;
}

// Four people, then one child after another.
inline v1::Household of_size(int members) {
  auto household = watanabe();
  for (int i = household.members_size(); i < members; ++i) {
    const auto suffix = std::to_string(100 + i + 1);
    *household.add_members() =
        resident({"000000000000" + suffix, "渡邉󠄐　" + suffix + "子", "子", "2020-01-01", v1::SEX_FEMALE});
  }
  return household;
}

}  // namespace mado::issuer::specimen
