// One human of a synthetic city, as all registers see him: each takes from here what it records.
#pragma once

#include <string>
#include <vector>

#include "madoguchi/v1/records.pb.h"
#include "registry/core/synthesis_family.hpp"
#include "registry/core/synthesis_making.hpp"

namespace mado::registry {

struct Human {
  std::string surname;  // of a foreign person: the whole name in alphabet, and `given` is empty
  std::string surname_kana;
  std::string given;
  std::string given_kana;
  bool female = false;
  Day born;  // the day to reckon with
  v1::WrittenDate recorded_born;
  std::string kanji;          // of a foreign person
  std::string nationality;    // empty: Japanese
  std::string resident;       // 宛名番号; empty: lives elsewhere
  std::string registered;     // 戸籍個人番号, in every 戸籍 of the city
  std::string birth_surname;  // 氏 before the marriage, if it was another
  std::string birth_surname_kana;
  std::vector<v1::SupplementAddress> addresses;  // oldest first; the last is where he lives

  bool foreign() const { return !nationality.empty(); }
  v1::Sex sex() const { return female ? v1::SEX_FEMALE : v1::SEX_MALE; }
};

std::string full_name(const Human& human);  // 渡邉󠄂　健一
// As 戸籍 names parents and spouses, without a space; of a foreign person in katakana, 氏 first.
std::string joined_name(const Human& human);

struct Name {
  std::string written;
  std::string kana;
};
// A surname; a few have rare characters.
Name choose_surname(Making& making);
Name choose_given_name(Making& making, bool female, int birth_year);
// Somebody of this age today.
Human choose_human(Making& making, const Name& surname, bool female, int age);
// Some were born on a day that is not known, on 29 February, or when eras met; records write each in a way of its own.
void choose_unusual_birth(Making& making, int age, Human& human);
// A foreign person; `family` is an index of foreign_families().
Human choose_foreigner(Making& making, std::size_t family, bool female, int age);

// In the city: 東京都千代田区本町一丁目１番１号, with 方書 for some.
struct Dwelling {
  std::string address;
  std::string building;  // the end of `address` that is 方書
};
Dwelling choose_dwelling(Making& making);
std::string choose_address_elsewhere(Making& making);
// 本籍: 地番.
std::string choose_domicile(Making& making, bool here);
// 東京都千代田区
std::string name_of_city(const SyntheticCity& city);
v1::SupplementAddress lived_at(const std::string& address, const v1::WrittenDate& since);

}  // namespace mado::registry
