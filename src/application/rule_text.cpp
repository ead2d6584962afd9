#include "application/rule_text.hpp"

#include <array>
#include <cstdio>

namespace mado::application {

namespace {
// Two digits; nothing for anything else.
std::optional<int> two_digits(std::string_view text) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.size() != 2 || !digit(text[0]) || !digit(text[1])) return std::nullopt;
  return (text[0] - '0') * 10 + text[1] - '0';
}

// "06:30" → 390
std::optional<int> minute_of_day(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hour = two_digits(text.substr(0, 2));
  const auto minute = two_digits(text.substr(3));
  if (!hour || !minute || *minute > 59 || *hour * 60 + *minute > 24 * 60) return std::nullopt;
  return *hour * 60 + *minute;
}
}  // namespace

std::optional<DayHours> parse_day_hours(std::string_view text) {
  if (text.size() != 11 || text[5] != '-') return std::nullopt;
  const auto opens = minute_of_day(text.substr(0, 5));
  const auto closes = minute_of_day(text.substr(6));
  if (!opens || !closes || *closes <= *opens) return std::nullopt;
  return DayHours{*opens, *closes};
}

std::optional<std::chrono::month_day> parse_day_of_year(std::string_view text) {
  const auto day = parse_day("2000-" + std::string(text));
  if (!day) return std::nullopt;
  return day->month() / day->day();
}

std::optional<Instant> parse_moment(std::string_view text) {
  if ((text.size() != 16 && text.size() != 19) || text[10] != 'T') return std::nullopt;
  const auto day = parse_day(text.substr(0, 10));
  const auto minute = minute_of_day(text.substr(11, 5));
  if (!day || !minute || *minute == 24 * 60) return std::nullopt;
  if (day->year() < std::chrono::year{2000} || day->year() >= std::chrono::year{2200}) return std::nullopt;
  std::optional<int> second = 0;
  if (text.size() == 19) second = text[16] == ':' ? two_digits(text.substr(17)) : std::nullopt;
  if (!second || *second > 59) return std::nullopt;
  return start_of_day_in_japan(*day) + std::chrono::minutes{*minute} + std::chrono::seconds{*second};
}

std::string moment_text(Instant at) {
  const auto time = in_japan(at);
  std::array<char, 16> clock{};
  (void)std::snprintf(clock.data(), clock.size(), "T%02d:%02d:%02d", time.hour, time.minute, time.second);
  return iso_text(time.day) + clock.data();
}

}  // namespace mado::application
