// 和暦: days in the Japanese calendar. The table of eras (元号) is data that a function is given, so that a new era is
// a change of data (lesson 大阪 2019-05). Source of the dates: 住民記録システム標準仕様書 1.1.8, 1.3.6.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/refusal.hpp"

namespace mado {

struct Era {
  std::string name;         // 令和
  Day first;                // the first day of its year 元年
  std::optional<Day> last;  // the last day that may be written in it; none for the era that still runs
};

// Ascending by first day. Two eras may share the day of their change: 1912-07-30 and 1926-12-25 are written in either.
using EraTable = std::vector<Era>;

// 明治 to 令和.
const EraTable& eras_of_japan();

// "令和8年11月21日"; the first year is 元年. A day that two eras share is given in the later one: which era the record
// wrote is known only from the record. Nothing for a day before 1873-01-01, when Japan took the Gregorian calendar
// (明治5年12月2日 was the last day of the old one), before the table begins, or that does not exist.
std::optional<std::string> japanese_date(Day day, const EraTable& eras = eras_of_japan());

// "1990年4月1日": how a foreigner's day of birth and the end of a stay are printed.
std::string western_date(Day day);

// The day that a 和暦 date names, the era as written. Nothing if it names none: an unknown era, a day outside its era,
// a day that the calendar does not have, an 不詳日 (年月日不詳).
std::optional<Day> parse_japanese_date(std::string_view text, const EraTable& eras = eras_of_japan());

inline constexpr std::size_t most_written_date_bytes = 120;

// What is printed for a date of a record: its written form where it has one (the era as written, 不詳日, 2月29日 of a
// common year), else `day` ("1980-02-17") in 和暦; empty if both are empty. Refusal: record_incomplete if `day` is no
// day, has no 和暦, or the written form is longer than most_written_date_bytes.
Outcome<std::string> recorded_date(std::string_view day, std::string_view written,
                                   const EraTable& eras = eras_of_japan());

}  // namespace mado
