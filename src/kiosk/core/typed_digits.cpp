#include "kiosk/core/typed_digits.hpp"

namespace mado::kiosk {

namespace {
constexpr std::size_t digits_of_month_and_day = 4;

unsigned number_of(std::string_view digits) {
  unsigned number = 0;
  for (const char digit : digits) number = number * 10 + static_cast<unsigned>(digit - '0');
  return number;
}
}  // namespace

bool TypedDigits::type(std::string_view digit) {
  if (full() || digit.size() != 1 || digit[0] < '0' || digit[0] > '9') return false;
  auto& text = text_.reveal();
  text.reserve(most_);
  text.push_back(digit[0]);
  return true;
}

bool TypedDigits::erase() {
  auto& text = text_.reveal();
  if (text.empty()) return false;
  text.back() = 0;
  text.pop_back();
  return true;
}

void TypedDigits::begin_anew(std::size_t most) {
  text_.clear();
  most_ = most;
}

bool TypedDate::choose_era(std::int64_t era) {
  if (era < 0 || static_cast<std::size_t>(era) > eras_->size()) return false;
  const auto before = year_digits();
  era_ = static_cast<std::size_t>(era);
  if (year_digits() != before) digits_.begin_anew(year_digits() + digits_of_month_and_day);
  return true;
}

std::optional<Day> TypedDate::day(Day today) const {
  if (!full()) return std::nullopt;
  const std::string_view typed = digits();
  const auto month_and_day = typed.substr(year_digits());
  auto year = std::chrono::year{static_cast<int>(number_of(typed.substr(0, year_digits())))};
  const Era* era = era_ == western ? nullptr : &eras_->at(era_ - 1);
  if (era != nullptr) year = era->first.year() + (year - std::chrono::year{1});
  const Day named{year, std::chrono::month{number_of(month_and_day.substr(0, 2))},
                  std::chrono::day{number_of(month_and_day.substr(2))}};
  const auto& first = era == nullptr ? eras_->front().first : era->first;
  const bool in_time = named.ok() && first <= named && named <= today && (!era || !era->last || named <= *era->last);
  return in_time ? std::optional(named) : std::nullopt;
}

bool is_telephone(std::string_view digits) {
  return (digits.size() == most_telephone_digits || digits.size() + 1 == most_telephone_digits) && digits[0] == '0';
}

}  // namespace mado::kiosk
