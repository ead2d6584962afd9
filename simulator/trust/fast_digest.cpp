#include "simulator/trust/fast_digest.hpp"

#include <bit>
#include <cstring>

namespace mado::simulator {

namespace {
constexpr std::uint64_t odd_1 = 0x9e3779b185ebca87U;
constexpr std::uint64_t odd_2 = 0xc2b2ae3d27d4eb4fU;

std::uint64_t stirred(std::uint64_t lane, std::uint64_t word) { return std::rotl(lane + word * odd_2, 31) * odd_1; }
std::uint64_t finished(std::uint64_t value) {
  value = (value ^ (value >> 33)) * odd_2;
  value = (value ^ (value >> 29)) * 0x165667b19e3779f9U;
  return value ^ (value >> 32);
}
}  // namespace

FastDigest fast_digest(ByteView bytes, std::uint64_t key) {
  FastDigest lanes{key ^ odd_1, key + odd_2, key, ~key};
  const auto size = bytes.size();
  for (std::size_t at = 0; at < size; at += 32) {
    std::array<std::uint64_t, 4> words{};
    std::memcpy(words.data(), bytes.data() + at, std::min<std::size_t>(32, size - at));
    for (std::size_t i = 0; i < 4; ++i) lanes[i] = stirred(lanes[i], words[i]);
  }
  lanes[0] ^= size;
  for (int round = 0; round < 3; ++round) {
    for (std::size_t i = 0; i < 4; ++i) lanes[i] = finished(lanes[i] + std::rotl(lanes[(i + 1) % 4], 17));
  }
  return lanes;
}

Bytes octets_of(const FastDigest& digest) {
  Bytes bytes(sizeof digest);
  std::memcpy(bytes.data(), digest.data(), sizeof digest);
  return bytes;
}

}  // namespace mado::simulator
