// How long the product may take between reading a register and committing what it decided.
#pragma once

#include <chrono>

namespace mado::simulator {

// The issuer's deadline for a question to the registers.
inline constexpr std::chrono::milliseconds register_deadline{2'000};
// What a register acknowledged so long before a release must have been seen by it.
inline constexpr std::chrono::milliseconds longest_read = register_deadline + std::chrono::milliseconds{1};

}  // namespace mado::simulator
