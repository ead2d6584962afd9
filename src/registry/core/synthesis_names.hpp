// Lists to choose from: common surnames and given names with their readings, towns, prefectures for 本籍.
#pragma once

#include <span>
#include <string_view>

namespace mado::registry {

struct NameAndReading {
  std::string_view written;
  std::string_view reading;  // in katakana
};

// Some of them carry variation selectors (渡邉󠄂, 葛󠄂城).
std::span<const NameAndReading> surnames();
// Given names in three generations: born before 1955, before 1985, and later.
std::span<const NameAndReading> given_names(bool female, int birth_year);
std::span<const std::string_view> towns();
// A prefecture and a municipality in it, for 本籍 and 従前の住所 outside the city.
std::span<const std::string_view> elsewhere();

}  // namespace mado::registry
