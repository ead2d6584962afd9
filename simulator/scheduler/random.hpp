// Numbers that a seed decides. Every use has a stream of its own, so that switching one fault off leaves the others'
// numbers as they were: what makes a failing run small keeps it failing.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/bytes.hpp"

namespace mado::simulator {

class Random {
 public:
  // The stream of `purpose` under `seed`.
  Random(std::uint64_t seed, std::string_view purpose);

  std::uint64_t next();
  // 0 … bound − 1; bound ≥ 1.
  std::uint64_t below(std::uint64_t bound);
  // least … most, both included.
  std::int64_t between(std::int64_t least, std::int64_t most);
  std::chrono::milliseconds between(std::chrono::milliseconds least, std::chrono::milliseconds most);
  bool chance(double probability);
  double fraction();  // [0, 1)
  Bytes bytes(std::size_t size);
  template <typename T>
  const T& one_of(std::span<const T> choices) {
    return choices[below(choices.size())];
  }

 private:
  std::uint64_t state_;
};

}  // namespace mado::simulator
