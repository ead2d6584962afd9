// What is shared while a synthetic city is made: the choices of one household or 戸籍, and what is given out once in
// the whole city.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "registry/core/synthesis.hpp"
#include "registry/core/synthesis_random.hpp"

namespace mado::registry {

// Cases that come round one after the other, so that each of them occurs in a city that is not too small.
enum class Round {
  unknown_day,
  era_change,
  suppression,
  residence_category,
  register_suppression,
  rare_income,
  seal_shape,
  count
};
inline constexpr std::size_t most_stories = 16;

class CityNumbers {
 public:
  // Two cities of one installation share a seed and not their numbers.
  explicit CityNumbers(const SyntheticCity& city);

  // 宛名番号 or 世帯番号: each sequence is used once; the few without a check digit are passed over.
  std::string next_register_number();
  // 個人番号 and 住民票コード: in an order that shows none, each once in a city.
  std::string next_individual_number();
  std::string next_resident_code();
  std::string next_family_register();    // 戸籍番号: K0000001
  std::string next_registered_person();  // 戸籍個人番号: P00000001
  std::string next_seal();               // 印鑑登録番号
  std::string next_declaration();        // 受付番号
  // 0, 1, 2, … of this round.
  std::size_t next(Round round) { return rounds_.at(static_cast<std::size_t>(round))++; }

  // How often each story of a 戸籍 has been told in this city: what was told least comes next.
  std::array<std::size_t, most_stories>& stories() { return stories_; }

  std::uint64_t seed() const { return seed_; }

 private:
  std::uint64_t seed_;
  std::uint64_t register_number_ = 0;
  std::uint64_t individual_number_ = 0;
  std::uint64_t resident_code_ = 0;
  std::uint64_t family_register_ = 0;
  std::uint64_t registered_person_ = 0;
  std::uint64_t seal_ = 0;
  std::uint64_t declaration_ = 0;
  std::array<std::size_t, static_cast<std::size_t>(Round::count)> rounds_{};
  std::array<std::size_t, most_stories> stories_{};
};

struct Making {
  const SyntheticCity& city;
  CityNumbers& numbers;
  Choice choice;

  // One of `count`, on average.
  bool one_in(std::uint64_t count) { return choice.below(count) == 0; }
  Day day_between(Day first, Day last);
};

}  // namespace mado::registry
