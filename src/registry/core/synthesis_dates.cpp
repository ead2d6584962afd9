#include "registry/core/synthesis_dates.hpp"

#include <fmt/format.h>

#include "base/era.hpp"

namespace mado::registry {

namespace {
using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::years;

// "平成4年" of a day.
std::string era_and_year(Day day) {
  const auto date = japanese_date(day).value_or("");
  constexpr std::string_view year = "年";
  return date.substr(0, date.find(year) + year.size());
}
}  // namespace

Day days_after(Day day, int count) { return Day{sys_days{day} + days{count}}; }

Day years_after(Day day, int count) {
  const auto moved = day + years{count};
  return moved.ok() ? moved : Day{moved.year(), moved.month(), std::chrono::day{28}};
}

v1::WrittenDate recorded(Day day) {
  v1::WrittenDate date;
  date.set_day(iso_text(day));
  return date;
}

v1::WrittenDate unknown_day(std::size_t form, Day day) {
  const auto year = era_and_year(day);
  const auto month = static_cast<unsigned>(day.month());
  const auto number = static_cast<unsigned>(day.day());
  const auto later = number + (31 - number) / 2;
  const std::string forms[forms_of_unknown_days]{
      fmt::format("{}頃", year),
      fmt::format("{}{}月頃", year, month),
      fmt::format("{}{}月{}日頃", year, month, number),
      fmt::format("推定{}{}月{}日", year, month, number),
      fmt::format("推定{}{}月", year, month),
      fmt::format("{}春", year),
      fmt::format("{}{}月上旬", year, month),
      fmt::format("{}{}月中旬頃", year, month),
      "年月日不詳",
      fmt::format("{}　月日不詳", year),
      fmt::format("{}{}月　日不詳", year, month),
      fmt::format("{}{}月{}日から{}月{}日頃までの間", year, month, number, month, later),
      fmt::format("{}{}月推定{}日から{}日までの間", year, month, number, later),
      fmt::format("{}{}月{}日頃から{}日頃までの間", year, month, number, later)};
  v1::WrittenDate date;
  date.set_written(forms[form % forms_of_unknown_days]);
  if (date.written() != forms[8]) date.set_day(iso_text(day));
  return date;
}

v1::WrittenDate leap_day_of_common_year(int year) {
  using std::chrono::day;
  using std::chrono::month;
  const Day before{std::chrono::year{year}, month{2}, day{28}};
  auto date = recorded(before);
  date.set_written(era_and_year(before) + "2月29日");
  return date;
}

std::string full_width(std::string_view text) {
  std::string wide;
  for (const char c : text) {
    if (c >= '0' && c <= '9')
      wide += fmt::format("\xef\xbc{}", static_cast<char>(0x90 + (c - '0')));
    else
      wide.push_back(c);
  }
  return wide;
}
std::string full_width(int number) { return full_width(std::to_string(number)); }

std::string register_text(Day day) { return full_width(japanese_date(day).value_or("")); }
std::string register_text(const v1::WrittenDate& date) {
  if (!date.written().empty()) return full_width(date.written());
  const auto day = parse_day(date.day());
  return day ? register_text(*day) : std::string{};
}

}  // namespace mado::registry
