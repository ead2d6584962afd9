#include "base/toml_guard.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "base/utf8.hpp"

namespace mado {

namespace {
constexpr auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };

// How much of `piece` may stand there: all of UTF-8, or ASCII.
std::size_t sound_length(std::string_view piece, bool all_of_utf8) {
  auto rest = piece;
  while (!rest.empty() && (all_of_utf8 || is_ascii(rest.front()))) {
    if (!take_character(rest)) break;
  }
  return piece.size() - rest.size();
}

// What the string that begins at `text` begins with, and ends with: one quote, or three.
std::string_view delimiter_of(std::string_view text) {
  return text.substr(0, text.starts_with(R"(""")") || text.starts_with("'''") ? 3 : 1);
}

// How long the string is that begins at `text`, both delimiters included; all of `text` if it does not end.
std::size_t string_length(std::string_view text) {
  const char quote = text.front();
  const auto end = delimiter_of(text);
  const bool several_lines = end.size() == 3;
  for (auto at = end.size(); at < text.size(); ++at) {
    if (quote == '"' && text[at] == '\\') {
      ++at;
    } else if (!several_lines && text[at] == '\n') {
      return at;  // toml++ stops here
    } else if (text.substr(at).starts_with(end)) {
      at += end.size();
      // Up to two quotes may stand before the closing three.
      for (int more = 0; several_lines && more < 2 && at < text.size() && text[at] == quote; ++more) ++at;
      return at;
    }
  }
  return text.size();
}

// The same for what begins at `text`, whatever it is.
std::size_t piece_length(std::string_view text) {
  if (text.front() == '"' || text.front() == '\'') return string_length(text);
  if (text.front() == '#') return std::min(text.find('\n'), text.size());
  return std::min(text.find_first_of("\"'#"), text.size());
}

// The characters between a string's delimiters, written as a basic string has them in ASCII. `text` is UTF-8. Nothing
// if it escapes a character that has no escape.
std::optional<std::string> escaped(std::string_view text, bool literal) {
  std::string written;
  while (!text.empty()) {
    const char first = text.front();
    if (first == '\\' && !literal) {
      if (text.size() > 1 && !is_ascii(text[1])) return std::nullopt;
      written += text.substr(0, 2);
      text.remove_prefix(std::min<std::size_t>(text.size(), 2));
    } else if (is_ascii(first)) {
      if (literal && (first == '\\' || first == '"')) written += '\\';
      written += first;
      text.remove_prefix(1);
    } else {
      written += "\\U";
      const auto character = static_cast<std::uint32_t>(*take_character(text));
      for (int shift = 28; shift >= 0; shift -= 4) written += "0123456789ABCDEF"[character >> shift & 0xF];
    }
  }
  return written;
}

// A whole string in ASCII: a basic one, since a literal one has no escapes. Nothing if that cannot be.
std::optional<std::string> string_in_ascii(std::string_view piece) {
  if (std::ranges::all_of(piece, is_ascii)) return std::string(piece);
  const bool literal = piece.front() == '\'';
  const auto delimiter = delimiter_of(piece);
  const auto quotes = delimiter.size();
  if (piece.size() < 2 * quotes || !piece.ends_with(delimiter)) return std::nullopt;
  const auto content = escaped(piece.substr(quotes, piece.size() - 2 * quotes), literal);
  if (!content) return std::nullopt;
  return std::string(quotes, '"') + *content + std::string(quotes, '"');
}
}  // namespace

void throw_not_toml() { throw NotToml(); }

std::expected<std::string, std::size_t> toml_in_ascii(std::string_view text) {
  std::string written;
  std::size_t line = 1;
  while (!text.empty()) {
    const auto piece = text.substr(0, piece_length(text));
    const bool in_string = piece.front() == '"' || piece.front() == '\'';
    const bool in_comment = piece.front() == '#';
    const auto sound = sound_length(piece, in_string || in_comment);
    const auto lines = static_cast<std::size_t>(std::ranges::count(piece.substr(0, sound), '\n'));
    if (sound != piece.size()) return std::unexpected(line + lines);
    const auto ascii = in_string ? string_in_ascii(piece) : std::string(in_comment ? "#" : piece);
    if (!ascii) return std::unexpected(line);
    written += *ascii;
    line += lines;
    text.remove_prefix(piece.size());
  }
  return written;
}

}  // namespace mado
