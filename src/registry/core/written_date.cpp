#include "registry/core/written_date.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/era.hpp"
#include "base/instant.hpp"
#include "base/utf8.hpp"

namespace mado::registry {

namespace {
// E era, Y year, M month, D day of the month, S season, T third of a month, _ a space or none; all else stands for
// itself.
constexpr std::array<std::string_view, 14> unknown_days{
    "EY年頃",
    "EY年M月頃",
    "EY年M月D日頃",
    "推定EY年M月D日",
    "推定EY年M月",
    "EY年S",
    "EY年M月T",
    "EY年M月T頃",
    "年月日不詳",
    "EY年_月日不詳",
    "EY年M月_日不詳",
    "EY年M月D日からM月D日頃までの間",
    "EY年M月推定D日からD日までの間",
    "EY年M月D日頃からD日頃までの間",
};
constexpr std::string_view whole_date = "EY年M月D日";
constexpr std::array<std::string_view, 2> western_dates{"Y年M月D日", "西暦Y年M月D日"};
constexpr std::array<std::string_view, 4> seasons{"春", "夏", "秋", "冬"};
constexpr std::array<std::string_view, 3> thirds{"上旬", "中旬", "下旬"};

// Full-width digits become ASCII's; nothing else changes.
std::string with_ascii_digits(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    const auto before = text;
    const auto character = take_character(text);
    if (!character) return {};
    if (*character >= U'０' && *character <= U'９') {
      plain.push_back(static_cast<char>('0' + (*character - U'０')));
    } else {
      plain.append(before.substr(0, before.size() - text.size()));
    }
  }
  return plain;
}

template <typename Words>
bool take_one_of(std::string_view& text, const Words& words) {
  const auto word = std::ranges::find_if(words, [&](std::string_view each) { return text.starts_with(each); });
  if (word == words.end()) return false;
  text.remove_prefix(std::string_view(*word).size());
  return true;
}

bool take_number(std::string_view& text, int most) {
  int number = 0;
  std::size_t digits = 0;
  while (digits < text.size() && digits < 4 && text[digits] >= '0' && text[digits] <= '9')
    number = number * 10 + (text[digits++] - '0');
  if (digits == 0 || text.front() == '0' || number > most) return false;
  text.remove_prefix(digits);
  return true;
}

bool take_year(std::string_view& text) {
  constexpr std::array<std::string_view, 1> first{"元"};
  return take_one_of(text, first) || take_number(text, 9999);
}

bool take_era(std::string_view& text) {
  const auto& eras = eras_of_japan();
  const auto era = std::ranges::find_if(eras, [&](const Era& each) { return text.starts_with(each.name); });
  if (era == eras.end()) return false;
  text.remove_prefix(era->name.size());
  return true;
}

bool take(std::string_view& text, char piece) {
  switch (piece) {
    case 'E':
      return take_era(text);
    case 'Y':
      return take_year(text);
    case 'M':
      return take_number(text, 12);
    case 'D':
      return take_number(text, 31);
    case 'S':
      return take_one_of(text, seasons);
    case 'T':
      return take_one_of(text, thirds);
    case '_': {
      constexpr std::array<std::string_view, 2> spaces{" ", "　"};
      (void)take_one_of(text, spaces);
      return true;
    }
    default:
      if (!text.starts_with(piece)) return false;
      text.remove_prefix(1);
      return true;
  }
}

bool fits(std::string_view text, std::string_view pattern) {
  return std::ranges::all_of(pattern, [&](char piece) { return take(text, piece); }) && text.empty();
}

// The day that a western date names, if the calendar has it.
std::optional<Day> parse_western(std::string_view text) {
  constexpr std::string_view western = "西暦";
  if (text.starts_with(western)) text.remove_prefix(western.size());
  std::array<int, 3> numbers{};
  std::size_t at = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9' && at < numbers.size()) numbers[at] = numbers[at] * 10 + (c - '0');
    if (static_cast<unsigned char>(c) == 0xe5 || static_cast<unsigned char>(c) == 0xe6) ++at;  // 年, 月, 日 begin so
  }
  const Day day{std::chrono::year{numbers[0]}, std::chrono::month{static_cast<unsigned>(numbers[1])},
                std::chrono::day{static_cast<unsigned>(numbers[2])}};
  return day.ok() ? std::optional(day) : std::nullopt;
}
}  // namespace

std::string_view why_no_date(std::string_view day, std::string_view written) {
  const auto known = parse_day(day);
  if (!day.empty() && !known) return "must be a day as 1980-02-17, or empty";
  if (written.size() > longest_written_date) return "is too long";
  if (written.empty()) return {};
  const auto plain = with_ascii_digits(written);
  const bool in_era = fits(plain, whole_date);
  if (in_era || std::ranges::any_of(western_dates, [&](auto pattern) { return fits(plain, pattern); })) {
    const auto named = in_era ? parse_japanese_date(plain) : parse_western(plain);
    if (named && known && *named != *known) return "names another day than the column before it";
    return {};
  }
  if (std::ranges::any_of(unknown_days, [&](auto pattern) { return fits(plain, pattern); })) return {};
  return "is no written date: 和暦, or one of the 14 forms of 不詳日";
}

}  // namespace mado::registry
