#include "store/placeholders.hpp"

namespace mado::store {

std::string with_numbered_places(std::string_view sql) {
  std::string numbered;
  int places = 0;
  char quote = 0;
  for (const char c : sql) {
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '?') {
      numbered += "$" + std::to_string(++places);
      continue;
    }
    numbered.push_back(c);
  }
  return numbered;
}

}  // namespace mado::store
