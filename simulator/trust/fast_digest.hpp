// A 256-bit digest for the stand-in cryptography: quick, well mixed, and no defence against anybody who tries. The
// simulator's adversaries are faults, and the stand-in's keys are names in a table.
#pragma once

#include <array>
#include <cstdint>

#include "base/bytes.hpp"

namespace mado::simulator {

using FastDigest = std::array<std::uint64_t, 4>;

// Of `bytes`, under `key` (0: no key).
FastDigest fast_digest(ByteView bytes, std::uint64_t key = 0);

Bytes octets_of(const FastDigest& digest);  // [32]

}  // namespace mado::simulator
