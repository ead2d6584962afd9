// The households of a synthetic city, for judges that print their papers.
#pragma once

#include <cstdint>
#include <vector>

#include "base/instant.hpp"
#include "madoguchi/v1/register.pb.h"

namespace mado::judge {

inline const Day today{std::chrono::year{2026} / 11 / 21};

// Of a city of at least so many residents; always the same ones.
std::vector<madoguchi::v1::Household> synthetic_households(std::uint64_t residents);

}  // namespace mado::judge
