// A synthetic city for demonstrations and tests: families that make sense, no real person. The same seed gives the same
// bytes everywhere.
//
// In every city the first household is 渡邉󠄂 健一's, five persons whose surname carries a variation selector, and the
// second has twelve members of four generations.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/instant.hpp"
#include "registry/core/rows.hpp"

namespace mado::registry {

struct SyntheticCity {
  std::string code;          // 団体コード, 6 digits
  std::string prefecture;    // 東京都
  std::string municipality;  // 千代田区
  std::uint64_t seed = 1;
  std::uint64_t residents = 1000;  // at least; whole households are made
  Day today;                       // ages are counted from here
};

// Calls `each` for every resident, household by household.
void synthesise(const SyntheticCity& city, const std::function<void(const ResidentRow&)>& each);

}  // namespace mado::registry
