// What stands between a TOML text and toml++ (3.3), which ends the process, or worse, on some texts that are no TOML:
// it asserts what it has not checked ("[=]"), and takes characters outside ASCII for impossible where none may stand.
// Found by script/fuzz. Include before <toml++/toml.h>; the same in every part, for toml++ is header-only.
#pragma once

#include <cstddef>
#include <expected>
#include <stdexcept>
#include <string>
#include <string_view>

namespace mado {

// The same TOML in ASCII: escapes in the place of other characters in strings, comments without their text. Lines stay
// as they are, columns do not. Else the line, from 1, of the first byte that is no UTF-8, of a character outside ASCII
// that stands outside strings and comments, where TOML v1.0.0 has none, or of a string that does not end.
std::expected<std::string, std::size_t> toml_in_ascii(std::string_view text);

// What toml++'s assertions throw, out of toml::parse.
struct NotToml : std::runtime_error {
  NotToml() : std::runtime_error("the text is no TOML") {}
};

// In those of its functions that must not throw, it ends the process, as an assertion would.
[[noreturn]] void throw_not_toml();

}  // namespace mado

#define TOML_EXCEPTIONS 0
#define TOML_ASSERT(expression)                  \
  do {                                           \
    if (!(expression)) ::mado::throw_not_toml(); \
  } while (false)
