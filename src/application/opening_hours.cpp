#include "application/opening_hours.hpp"

#include <algorithm>

namespace mado::application {

namespace {
bool is_weekday(Day day, const std::vector<Day>& holidays) {
  const std::chrono::weekday weekday{std::chrono::sys_days{day}};
  return weekday != std::chrono::Saturday && weekday != std::chrono::Sunday &&
         !std::ranges::binary_search(holidays, day);
}
}  // namespace

bool DayHours::contain(const JapanTime& time) const {
  const int minute = time.hour * 60 + time.minute;
  return minute >= opens_at && minute < closes_at;
}

bool ClosedDays::contain(Day day) const {
  return std::ranges::find(every_year, day.month() / day.day()) != every_year.end() ||
         std::ranges::find(once, day) != once.end();
}

bool Family::is_open(Channel channel, Instant now, const std::vector<Day>& holidays) const {
  const auto& here = channel == Channel::store ? store : issuing_machine;
  if (!here) return false;
  const auto time = in_japan(now);
  const auto extra = std::ranges::find(here->openings, time.day, &ExtraOpening::day);
  if (extra != here->openings.end()) return extra->hours.contain(time);
  if (closed_days.contain(time.day) || (here->weekdays_only && !is_weekday(time.day, holidays))) return false;
  return here->hours.contain(time);
}

}  // namespace mado::application
