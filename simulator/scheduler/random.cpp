#include "simulator/scheduler/random.hpp"

namespace mado::simulator {

namespace {
__extension__ using Wide = unsigned __int128;
// SplitMix64 (Steele, Lea, Flood 2014): one addition and a mixing of the sum.
std::uint64_t mixed(std::uint64_t value) {
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9U;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebU;
  return value ^ (value >> 31);
}
}  // namespace

Random::Random(std::uint64_t seed, std::string_view purpose) : state_(mixed(seed + 1)) {
  for (const char c : purpose) state_ = mixed(state_ ^ static_cast<std::uint8_t>(c));
}

std::uint64_t Random::next() { return mixed(state_ += 0x9e3779b97f4a7c15U); }

std::uint64_t Random::below(std::uint64_t bound) {
  return static_cast<std::uint64_t>((static_cast<Wide>(next()) * bound) >> 64);
}

std::int64_t Random::between(std::int64_t least, std::int64_t most) {
  return least + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(most - least) + 1));
}

std::chrono::milliseconds Random::between(std::chrono::milliseconds least, std::chrono::milliseconds most) {
  return std::chrono::milliseconds{between(least.count(), most.count())};
}

double Random::fraction() { return static_cast<double>(next() >> 11) * 0x1p-53; }

bool Random::chance(double probability) { return fraction() < probability; }

Bytes Random::bytes(std::size_t size) {
  Bytes made(size);
  for (std::size_t at = 0; at < size; at += 8) {
    const auto word = next();
    for (std::size_t i = 0; i < 8 && at + i < size; ++i) made[at + i] = static_cast<std::uint8_t>(word >> (8 * i));
  }
  return made;
}

}  // namespace mado::simulator
