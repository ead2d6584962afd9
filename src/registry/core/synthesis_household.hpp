// A household of a synthetic city in 住民記録, with the humans behind its rows.
#pragma once

#include <vector>

#include "registry/core/rows.hpp"
#include "registry/core/synthesis_person.hpp"

namespace mado::registry {

struct SyntheticHousehold {
  std::vector<Member> shape;
  std::vector<Human> humans;      // of each in `shape`
  std::vector<ResidentRow> rows;  // of each in `shape`, then of those who died or left
  bool known = false;             // one of the first two, which nothing keeps from certificates

  bool has(int member) const { return member >= 0 && static_cast<std::size_t>(member) < humans.size(); }
  const Human& human(int member) const { return humans[static_cast<std::size_t>(member)]; }
  v1::Resident& resident(int member) { return rows[static_cast<std::size_t>(member)].resident; }
};

enum class HouseholdSort { first, second, ordinary, foreign, mixed };

// 本籍 and 筆頭者 are not filled in yet.
SyntheticHousehold make_household(Making& making, HouseholdSort sort);

}  // namespace mado::registry
