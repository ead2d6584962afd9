#include "base/id.hpp"

#include <algorithm>

namespace mado {

std::optional<Id> Id::from(ByteView bytes) {
  Id id;
  if (bytes.size() != id.bits.size()) return std::nullopt;
  std::ranges::copy(bytes, id.bits.begin());
  return id;
}

std::optional<Id> Id::from_hex_text(std::string_view text) {
  const auto bytes = from_hex(text);
  if (!bytes) return std::nullopt;
  return from(*bytes);
}

}  // namespace mado
