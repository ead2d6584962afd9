// Lists to choose from: common surnames and given names with their readings, towns, prefectures for 本籍.
#pragma once

#include <span>
#include <string_view>

namespace mado::registry {

struct NameAndReading {
  std::string_view written;
  std::string_view reading;  // in katakana
};

// A foreign family's name and where it comes from. Without 漢字: empty.
struct ForeignFamily {
  std::string_view alphabet;
  std::string_view kanji;
  std::string_view reading;  // in katakana
  std::string_view nationality;
};
struct ForeignGivenName {
  std::string_view alphabet;
  std::string_view kanji;
  std::string_view reading;
};

// Some of them carry variation selectors (渡邉󠄂, 葛󠄂城).
std::span<const NameAndReading> surnames();
// Given names in three generations: born before 1955, before 1985, and later.
std::span<const NameAndReading> given_names(bool female, int birth_year);
// Names with rare characters, compatibility ideographs and sequences of 文字情報基盤, and names that are long.
std::span<const NameAndReading> rare_surnames();
std::span<const NameAndReading> long_given_names();
std::span<const ForeignFamily> foreign_families();
std::span<const ForeignGivenName> foreign_given_names(bool female, bool in_kanji);

std::span<const std::string_view> buildings();
std::span<const std::string_view> abroad();  // countries, as a 附票 names them
std::span<const std::string_view> towns();
// A prefecture and a municipality in it, for 本籍 and 従前の住所 outside the city.
std::span<const std::string_view> elsewhere();

}  // namespace mado::registry
