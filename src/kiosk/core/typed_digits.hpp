// Digits as they are typed on the screen, one at a time: a day of birth in its era, a telephone number.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/era.hpp"
#include "base/sensitive.hpp"

namespace mado::kiosk {

class TypedDigits {
 public:
  explicit TypedDigits(std::size_t most) : most_(most) {}

  // "0" to "9". Whether it was taken.
  bool type(std::string_view digit);
  bool erase();
  const std::string& text() const { return text_.reveal(); }
  std::size_t most() const { return most_; }
  bool full() const { return text().size() == most_; }
  // From now on so many are taken; what was typed is given up.
  void begin_anew(std::size_t most);

 private:
  std::size_t most_;
  Sensitive<std::string> text_;
};

// A day as "63" "02" "11" in an era, or as "1988" "02" "11" of the western calendar (西暦).
class TypedDate {
 public:
  static constexpr std::size_t western = 0;  // in the place of an era's number

  // The eras are numbered from 1 in the order of their table; the third is 昭和.
  explicit TypedDate(const EraTable& eras) : eras_(&eras) {}

  // Whether there is such an era. Changing between an era and the western calendar gives up what was typed.
  bool choose_era(std::int64_t era);
  bool type(std::string_view digit) { return digits_.type(digit); }
  bool erase() { return digits_.erase(); }

  std::size_t era() const { return era_; }
  const EraTable& eras() const { return *eras_; }
  std::size_t year_digits() const { return era_ == western ? 4 : 2; }
  const std::string& digits() const { return digits_.text(); }
  bool full() const { return digits_.full(); }
  // Nothing unless all digits are there and name a day of the calendar, in the era, and not after `today`.
  std::optional<Day> day(Day today) const;

 private:
  const EraTable* eras_;
  std::size_t era_ = 3;
  TypedDigits digits_{6};
};

inline constexpr std::size_t most_telephone_digits = 11;
// Ten digits or eleven, the first of them 0, as every number in Japan that a city can call.
bool is_telephone(std::string_view digits);

}  // namespace mado::kiosk
