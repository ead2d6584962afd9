#include "application/prefecture.hpp"

#include <array>

namespace mado::application {

namespace {
constexpr std::array<std::string_view, 47> names{
    "Hokkaido", "Aomori",    "Iwate",     "Miyagi",    "Akita",    "Yamagata",  "Fukushima", "Ibaraki",
    "Tochigi",  "Gunma",     "Saitama",   "Chiba",     "Tokyo",    "Kanagawa",  "Niigata",   "Toyama",
    "Ishikawa", "Fukui",     "Yamanashi", "Nagano",    "Gifu",     "Shizuoka",  "Aichi",     "Mie",
    "Shiga",    "Kyoto",     "Osaka",     "Hyogo",     "Nara",     "Wakayama",  "Tottori",   "Shimane",
    "Okayama",  "Hiroshima", "Yamaguchi", "Tokushima", "Kagawa",   "Ehime",     "Kochi",     "Fukuoka",
    "Saga",     "Nagasaki",  "Kumamoto",  "Oita",      "Miyazaki", "Kagoshima", "Okinawa"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
}  // namespace

std::string_view prefecture_in_english(std::string_view city_code) {
  if (city_code.size() < 2 || !is_digit(city_code[0]) || !is_digit(city_code[1])) return {};
  const auto number = static_cast<std::size_t>((city_code[0] - '0') * 10 + (city_code[1] - '0'));
  return number >= 1 && number <= names.size() ? names[number - 1] : std::string_view{};
}

}  // namespace mado::application
