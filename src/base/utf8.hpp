// UTF-8 (RFC 3629), strictly: shortest forms, no surrogates, nothing above U+10FFFF. Nothing here normalises: names
// keep the very characters and variation selectors in which they were recorded.
#pragma once

#include <optional>
#include <string_view>

namespace mado {

// The code point at the front of a non-empty text, which is shortened by it. Nothing, and the text unchanged, if the
// text does not begin with one.
std::optional<char32_t> take_character(std::string_view& text);

// Whether the whole text is UTF-8.
bool is_utf8(std::string_view text);

// C0, DEL and C1.
constexpr bool is_control_character(char32_t character) {
  return character < 0x20 || (character >= 0x7f && character < 0xa0);
}
// Standardised and ideographic variation selectors (異体字セレクタ).
constexpr bool is_variation_selector(char32_t character) {
  return (character >= 0xfe00 && character <= 0xfe0f) || (character >= 0xe0100 && character <= 0xe01ef);
}

}  // namespace mado
