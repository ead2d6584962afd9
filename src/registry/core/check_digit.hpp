// Check digits (検査数字) of the numbers in a resident register.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mado::registry {

// 個人番号: 12 digits, the last a check digit (番号法施行令 and 総務省令第85号 5条).
char individual_number_check_digit(std::string_view first_eleven);
bool is_individual_number(std::string_view text);

// 住民票コード: 11 digits, the last a check digit with the weights of 個人番号 (which fit every published sample; the
// 省令's text was not at hand).
bool is_resident_code(std::string_view text);

// 宛名番号 and 世帯番号: 15 digits, the last modulus 11 with weights 2 to 7 from the right (住民記録システム標準仕様書
// 1.1.13). A number whose check value would be 10 is never given out.
std::optional<char> register_number_check_digit(std::string_view first_fourteen);
bool is_register_number(std::string_view text);
// The 15 digits of the `sequence`-th number; nothing if that one is never given out.
std::optional<std::string> register_number(std::uint64_t sequence);

}  // namespace mado::registry
