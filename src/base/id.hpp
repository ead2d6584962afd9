// 128 random bits that name one thing for ever: an issuance (発行ID), a session, a correlation.
// Never made from a time, a terminal or a counter (lesson 川崎 2023-05-02).
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.hpp"

namespace mado {

struct Id {
  std::array<std::uint8_t, 16> bits{};

  friend auto operator<=>(const Id&, const Id&) = default;
  ByteView view() const { return bits; }
  std::string hex() const { return to_hex(bits); }
  bool empty() const { return *this == Id{}; }

  // Exactly 16 bytes, or nothing.
  static std::optional<Id> from(ByteView bytes);
  static std::optional<Id> from_hex_text(std::string_view text);
};

}  // namespace mado
