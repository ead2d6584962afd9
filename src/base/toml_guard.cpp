#include "base/toml_guard.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace mado {

namespace {
// How much of `piece` may stand there: all of UTF-8, or ASCII.
std::size_t sound_length(std::string_view piece, bool all_of_utf8) {
  auto rest = piece;
  while (!rest.empty() && (all_of_utf8 || static_cast<unsigned char>(rest.front()) < 0x80)) {
    if (!take_character(rest)) break;
  }
  return piece.size() - rest.size();
}

// How long the string is that begins at `text`, both delimiters included; all of `text` if it does not end.
std::size_t string_length(std::string_view text) {
  const char quote = text.front();
  const bool several_lines = text.starts_with(std::string_view(quote == '"' ? R"(""")" : "'''"));
  const auto end = text.substr(0, several_lines ? 3 : 1);
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
// A key or a value begins there. After anything else toml++ takes a quote for a part of what it could not read, and not
// for the begin of a string.
bool may_stand_before_a_string(char before) {
  return std::string_view("\n=[,{.").find(before) != std::string_view::npos;
}
}  // namespace

void throw_not_toml() { throw NotToml(); }

std::optional<std::size_t> line_not_toml(std::string_view text) {
  std::size_t line = 1;
  char before = '\n';  // the last character that is no white space, a string's quotes among them
  while (!text.empty()) {
    const auto piece = text.substr(0, piece_length(text));
    const bool in_string = piece.front() == '"' || piece.front() == '\'';
    if (in_string && !may_stand_before_a_string(before)) return line;
    const auto sound = sound_length(piece, in_string || piece.front() == '#');
    line += static_cast<std::size_t>(std::ranges::count(piece.substr(0, sound), '\n'));
    if (sound != piece.size()) return line;
    if (const auto last = piece.find_last_not_of(" \t\r"); last != std::string_view::npos && piece.front() != '#')
      before = piece[last];
    text.remove_prefix(piece.size());
  }
  return std::nullopt;
}

}  // namespace mado
