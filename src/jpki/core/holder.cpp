#include "jpki/core/holder.hpp"

#include <fmt/format.h>

#include <array>

namespace mado::jpki {

namespace {
struct Era {
  Day first;
  char digit;
};
using std::chrono::day;
using std::chrono::month;
using std::chrono::year;
// The first day of an era is counted to it, although the law lets 1912-07-30 and 1926-12-25 belong to both.
constexpr std::array eras{
    Era{year{2019} / month{5} / day{1}, '5'},   Era{year{1989} / month{1} / day{8}, '4'},
    Era{year{1926} / month{12} / day{25}, '3'}, Era{year{1912} / month{7} / day{30}, '2'},
    Era{year{1868} / month{1} / day{25}, '1'},
};

bool is_variation_selector(char32_t character) {
  return (character >= 0xfe00 && character <= 0xfe0f) || (character >= 0xe0100 && character <= 0xe01ef);
}
bool is_control(char32_t character) { return character < 0x20 || (character >= 0x7f && character < 0xa0); }

// One code point at the front of `text`, which is shortened by it. Shortest forms only, no surrogates.
std::optional<char32_t> next_character(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = lead < 0x80 ? 1 : (lead >> 5) == 6 ? 2 : (lead >> 4) == 14 ? 3 : (lead >> 3) == 30 ? 4 : 0;
  if (length == 0 || text.size() < length) return std::nullopt;
  char32_t character = length == 1 ? lead : lead & (0x7fU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    const auto octet = static_cast<unsigned char>(text[i]);
    if ((octet & 0xc0) != 0x80) return std::nullopt;
    character = character << 6 | (octet & 0x3fU);
  }
  constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
  if (character < least.at(length) || character > 0x10ffff || (character >= 0xd800 && character < 0xe000))
    return std::nullopt;
  text.remove_prefix(length);
  return character;
}
}  // namespace

Outcome<ReplacedText> replace_characters(std::string_view text) {
  ReplacedText result;
  while (!text.empty()) {
    const auto before = text;
    const auto character = next_character(text);
    if (!character || is_control(*character))
      return refuse(Reason::input_invalid, "a text is not UTF-8 or holds a control character");
    if (is_variation_selector(*character)) {
      if (result.replaced.empty()) return refuse(Reason::input_invalid, "a text begins with a variation selector");
      result.replaced.back() = '1';
      continue;
    }
    result.text.reveal().append(before.substr(0, before.size() - text.size()));
    result.replaced.push_back('0');
  }
  return result;
}

std::string coded_birth(Day birth) {
  char era = '0';
  for (const auto& candidate : eras) {
    if (birth >= candidate.first) {
      era = candidate.digit;
      break;
    }
  }
  return fmt::format("{}{:04}{:02}{:02}", era, static_cast<int>(birth.year()), static_cast<unsigned>(birth.month()),
                     static_cast<unsigned>(birth.day()));
}

}  // namespace mado::jpki
