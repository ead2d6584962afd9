#include "jpki/core/validity.hpp"

#include <algorithm>

namespace mado::jpki {

namespace {
Day birthday_in(std::chrono::year year, Day birth) {
  const Day day{year, birth.month(), birth.day()};
  return day.ok() ? day : Day{year / std::chrono::February / std::chrono::last};
}
}  // namespace

Day fifth_birthday_after(Day issued, Day birth) {
  const auto first = birthday_in(issued.year(), birth) > issued ? issued.year() : issued.year() + std::chrono::years{1};
  return birthday_in(first + std::chrono::years{4}, birth);
}

Instant last_second_in_japan(Day day) {
  return start_of_day_in_japan(Day{std::chrono::sys_days{day} + std::chrono::days{1}}) + -std::chrono::seconds{1};
}

Instant end_of_validity(Day issued, Day birth, Day card_expiry) {
  return last_second_in_japan(std::min(fifth_birthday_after(issued, birth), card_expiry));
}

}  // namespace mado::jpki
