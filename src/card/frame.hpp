// The frames in which APDUs travel, as vsmartcard's vpcd has them: a 16-bit big-endian length, then so many bytes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/bytes.hpp"

namespace mado::card {

inline constexpr std::size_t frame_head_size = 2;    // bytes
inline constexpr std::size_t largest_frame = 65535;  // bytes of payload

using FrameHead = std::array<std::uint8_t, frame_head_size>;

// The head of a payload of `size` bytes, ≤ largest_frame.
constexpr FrameHead frame_head(std::size_t size) {
  return {static_cast<std::uint8_t>(size >> 8), static_cast<std::uint8_t>(size)};
}
// How many bytes of payload follow.
constexpr std::size_t payload_size(std::span<const std::uint8_t, frame_head_size> head) {
  return static_cast<std::size_t>(head[0]) << 8 | head[1];
}

// A frame of one byte is a control and no command.
enum class Control : std::uint8_t { power_off = 0x00, power_on = 0x01, reset = 0x02, ask_atr = 0x04 };

}  // namespace mado::card
