// Residents for the tests of the register: nobody real.
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
  // A date that is not there is an empty message, as the register reads it back.
  row.resident.mutable_resident_since();
  row.resident.mutable_address_since();
  row.resident.mutable_notified();
  return row;
}

}  // namespace mado::registry
