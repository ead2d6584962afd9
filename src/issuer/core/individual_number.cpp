#include "issuer/core/individual_number.hpp"

#include <algorithm>

namespace mado::issuer {

bool is_individual_number(std::string_view digits) {
  constexpr int length = 12;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (digits.size() != length || !std::ranges::all_of(digits, is_digit)) return false;
  int sum = 0;
  for (int n = 1; n < length; ++n) {  // n-th digit from the right, without the check digit
    const int weight = n <= 6 ? n + 1 : n - 5;
    sum += (digits[static_cast<std::size_t>(length - 1 - n)] - '0') * weight;
  }
  const int remainder = sum % 11;
  const int check = remainder <= 1 ? 0 : 11 - remainder;
  return digits.back() - '0' == check;
}

}  // namespace mado::issuer
