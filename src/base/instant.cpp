#include "base/instant.hpp"

#include <array>
#include <charconv>
#include <cstdio>

namespace mado {

namespace {
constexpr std::chrono::hours japan_offset{9};

// Digits only: no sign, not even before a zero.
std::optional<unsigned> number(std::string_view text) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}
}  // namespace

JapanTime in_japan(Instant at) {
  const std::chrono::sys_time<std::chrono::milliseconds> utc{std::chrono::milliseconds{at.milliseconds}};
  const auto local = utc + japan_offset;
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(local - day)};
  return {Day{day}, static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
          static_cast<int>(clock.seconds().count())};
}

Instant start_of_day_in_japan(Day day) {
  const auto start = std::chrono::sys_days{day} - japan_offset;
  return {std::chrono::duration_cast<std::chrono::milliseconds>(start.time_since_epoch()).count()};
}

std::optional<Day> parse_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = number(text.substr(0, 4));
  const auto month = number(text.substr(5, 2));
  const auto day = number(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const Day parsed{std::chrono::year{static_cast<int>(*year)}, std::chrono::month{*month}, std::chrono::day{*day}};
  if (!parsed.ok()) return std::nullopt;
  return parsed;
}

std::string iso_text(Day day) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return text.data();
}

std::string iso_text(Instant at) {
  const std::chrono::sys_time<std::chrono::milliseconds> utc{std::chrono::milliseconds{at.milliseconds}};
  const auto day = std::chrono::floor<std::chrono::days>(utc);
  const std::chrono::hh_mm_ss clock{utc - day};
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "T%02d:%02d:%02d.%03dZ", static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
                static_cast<int>(clock.subseconds().count()));
  return iso_text(Day{day}) + text.data();
}

}  // namespace mado
