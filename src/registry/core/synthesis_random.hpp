// Reproducible choices: the standard distributions differ between libraries, these do not.
#pragma once

#include <cstdint>
#include <random>
#include <span>

namespace mado::registry {

class Choice {
 public:
  explicit Choice(std::uint64_t seed) : engine_(seed) {}

  // 0 ≤ result < count, for small counts; the bias is below 2⁻⁴⁰.
  std::uint64_t below(std::uint64_t count) { return engine_() % count; }
  int between(int least, int most) {
    return least + static_cast<int>(below(static_cast<std::uint64_t>(most - least + 1)));
  }
  bool percent(unsigned chance) { return below(100) < chance; }
  template <typename T, std::size_t Size>
  const T& of(std::span<const T, Size> list) {
    return list[below(list.size())];
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace mado::registry
