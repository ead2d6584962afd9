// Plain byte strings and the text encodings in which they are written down.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mado {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

// The bytes of `text`, without a terminating zero.
Bytes bytes_of(std::string_view text);
// A view of the same memory as `text`; valid as long as `text` is.
ByteView view_of(std::string_view text);
// The same bytes as a std::string, as protobuf's `bytes` fields hold them.
std::string string_of(ByteView bytes);

// Lower-case hexadecimal, two digits a byte.
std::string to_hex(ByteView bytes);
// The reverse of to_hex; also takes upper case. Nothing if a character is no digit or the length is odd.
std::expected<Bytes, std::string> from_hex(std::string_view text);

// Equality without an early exit, for secrets and digests. Different lengths are unequal at once.
bool equal_in_constant_time(ByteView left, ByteView right);

}  // namespace mado
