#include "registry/core/check_digit.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mado::registry {

namespace {
bool all_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Sum of digits times weights, where the weight begins with 2 at the right and returns to 2 after `highest`.
int weighted_sum(std::string_view digits, int highest) {
  int sum = 0;
  int weight = 2;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
    sum += (*digit - '0') * weight;
    weight = weight == highest ? 2 : weight + 1;
  }
  return sum;
}
}  // namespace

char individual_number_check_digit(std::string_view first_eleven) {
  const int remainder = weighted_sum(first_eleven, 7) % 11;
  return remainder <= 1 ? '0' : static_cast<char>('0' + 11 - remainder);
}

bool is_individual_number(std::string_view text) {
  return text.size() == 12 && all_digits(text) && individual_number_check_digit(text.substr(0, 11)) == text.back();
}

bool is_resident_code(std::string_view text) {
  return text.size() == 11 && all_digits(text) && individual_number_check_digit(text.substr(0, 10)) == text.back();
}

std::optional<char> register_number_check_digit(std::string_view first_fourteen) {
  const int remainder = weighted_sum(first_fourteen, 7) % 11;
  if (remainder == 0) return '0';
  if (remainder == 1) return std::nullopt;
  return static_cast<char>('0' + 11 - remainder);
}

bool is_register_number(std::string_view text) {
  return text.size() == 15 && all_digits(text) && register_number_check_digit(text.substr(0, 14)) == text.back();
}

std::optional<std::string> register_number(std::uint64_t sequence) {
  auto digits = fmt::format("{:014}", sequence);
  if (digits.size() != 14) return std::nullopt;
  const auto check = register_number_check_digit(digits);
  if (!check) return std::nullopt;
  digits.push_back(*check);
  return digits;
}

}  // namespace mado::registry
