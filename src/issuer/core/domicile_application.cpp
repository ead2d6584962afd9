#include "issuer/core/domicile_application.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace mado::issuer {

namespace {
constexpr std::size_t longest_name = 400;      // bytes
constexpr std::size_t longest_telephone = 20;  // bytes
constexpr std::size_t salt_size = 32;

std::unexpected<Refusal> invalid(const char* why) { return refuse(Reason::application_invalid, why); }

bool is_katakana(char32_t character) {
  constexpr char32_t first = U'ァ';
  constexpr char32_t last = U'ヺ';
  return (character >= first && character <= last) || character == U'ー' || character == U'・' || character == U'　';
}

// A name: katakana, and not blanks alone.
bool is_kana_name(std::string_view text) {
  if (text.size() > longest_name) return false;
  bool names_somebody = false;
  while (!text.empty()) {
    const auto character = take_character(text);
    if (!character || !is_katakana(*character)) return false;
    names_somebody |= *character != U'　';
  }
  return names_somebody;
}

bool is_telephone(const std::string& text) {
  return !text.empty() && text.size() <= longest_telephone &&
         std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || c == '-'; });
}
}  // namespace

Outcome<void> check_domicile_application(const v1::DomicileApplication& application, Day today) {
  if (!is_kana_name(application.name())) return invalid("name: must be katakana");
  if (!is_kana_name(application.head())) return invalid("head: must be katakana");
  const auto born = parse_day(application.born());
  if (!born || *born > today) return invalid("born: must be a day that has been");
  if (!is_telephone(application.telephone())) return invalid("telephone: must be digits and hyphens");
  if (application.salt().size() != salt_size) return invalid("salt: must be 32 bytes");
  return {};
}

}  // namespace mado::issuer
