#include "registry/core/synthesis_making.hpp"

#include <fmt/format.h>

#include "registry/core/check_digit.hpp"
#include "registry/core/synthesis_dates.hpp"

namespace mado::registry {

namespace {
std::uint64_t seed_of(const SyntheticCity& city) {
  std::uint64_t seed = city.seed;
  for (const char digit : city.code) seed = seed * 1'000'003 + static_cast<unsigned char>(digit);
  return seed;
}

// The `sequence`-th of 10^digits numbers, in an order that repeats none: the factor has no divisor in common with 10.
std::string scattered(std::uint64_t sequence, std::uint64_t seed, int digits) {
  constexpr std::uint64_t factor = 61'803'398'769ULL;
  std::uint64_t modulus = 1;
  for (int i = 0; i < digits; ++i) modulus *= 10;
  constexpr std::uint64_t most_sequences = 100'000'000;  // so that the product stays below 2^64
  const auto number = ((sequence % most_sequences) * (factor % modulus) + seed % modulus) % modulus;
  return fmt::format("{:0{}}", number, digits);
}
}  // namespace

CityNumbers::CityNumbers(const SyntheticCity& city) : seed_(seed_of(city)) {}

std::string CityNumbers::next_register_number() {
  while (true) {
    if (const auto number = register_number(++register_number_)) return *number;
  }
}

std::string CityNumbers::next_individual_number() {
  auto digits = scattered(++individual_number_, seed_, 11);
  digits.push_back(individual_number_check_digit(digits));
  return digits;
}

std::string CityNumbers::next_resident_code() {
  auto digits = scattered(++resident_code_, seed_ * 7, 10);
  digits.push_back(individual_number_check_digit(digits));
  return digits;
}

std::string CityNumbers::next_family_register() { return fmt::format("K{:07}", ++family_register_); }
std::string CityNumbers::next_registered_person() { return fmt::format("P{:08}", ++registered_person_); }
std::string CityNumbers::next_seal() { return fmt::format("{:07}", ++seal_); }
std::string CityNumbers::next_declaration() { return fmt::format("D{:08}", ++declaration_); }

Day Making::day_between(Day first, Day last) {
  using std::chrono::sys_days;
  const auto span = (sys_days{last} - sys_days{first}).count();
  return span <= 0 ? first : days_after(first, static_cast<int>(choice.below(static_cast<std::uint64_t>(span) + 1)));
}

}  // namespace mado::registry
