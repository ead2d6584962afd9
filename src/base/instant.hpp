// Points in time and calendar days. Nothing here reads a clock: an Instant is handed in by whoever has one.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mado {

// A moment in UTC, in milliseconds since 1970-01-01T00:00:00Z.
struct Instant {
  std::int64_t milliseconds = 0;

  friend auto operator<=>(const Instant&, const Instant&) = default;
  friend Instant operator+(Instant at, std::chrono::milliseconds by) { return {at.milliseconds + by.count()}; }
  friend std::chrono::milliseconds operator-(Instant a, Instant b) {
    return std::chrono::milliseconds{a.milliseconds - b.milliseconds};
  }
};

// A day of the proleptic Gregorian calendar. May be built from a day that does not exist; `ok()` says whether it does.
using Day = std::chrono::year_month_day;

// A wall-clock moment in Japan Standard Time (UTC+9, no summer time).
struct JapanTime {
  Day day;
  int hour = 0;    // 0–23
  int minute = 0;  // 0–59
  int second = 0;  // 0–59
};

JapanTime in_japan(Instant at);
// The moment at which `day` begins in Japan.
Instant start_of_day_in_japan(Day day);

// "2026-11-21" → Day. Nothing for anything else, and for days that the calendar does not have.
std::optional<Day> parse_day(std::string_view text);
std::string iso_text(Day day);
// "2026-11-21T09:00:00.000Z"
std::string iso_text(Instant at);

}  // namespace mado
