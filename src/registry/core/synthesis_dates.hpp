// Days as a synthetic city's records write them.
#pragma once

#include <string>

#include "base/instant.hpp"
#include "madoguchi/v1/records.pb.h"

namespace madoguchi::v1 {}
namespace mado {
namespace v1 = ::madoguchi::v1;
}

namespace mado::registry {

inline constexpr std::size_t forms_of_unknown_days = 14;

Day days_after(Day day, int days);
// The same day of another year; of 29 February the 28th, where the year has none.
Day years_after(Day day, int years);

v1::WrittenDate recorded(Day day);
// The `form`-th of the 14 forms of 不詳日, made of `day`'s era, year, month and day. 年月日不詳 has no day to reckon
// with.
v1::WrittenDate unknown_day(std::size_t form, Day day);
// "2月29日" of a common year: the record says so, programs reckon with the 28th.
v1::WrittenDate leap_day_of_common_year(int year);

// As 戸籍 writes it, with full-width digits: 平成４年１月１０日.
std::string register_text(Day day);
std::string register_text(const v1::WrittenDate& date);
// "12" → "１２"; nothing but digits changes.
std::string full_width(std::string_view text);
std::string full_width(int number);

}  // namespace mado::registry
