#include "jpki/core/holder.hpp"

#include <fmt/format.h>

#include <array>

#include "base/utf8.hpp"

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
}  // namespace

Outcome<ReplacedText> replace_characters(std::string_view text) {
  ReplacedText result;
  while (!text.empty()) {
    const auto before = text;
    const auto character = take_character(text);
    if (!character || is_control_character(*character))
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
