#include "registry/core/household_check.hpp"

#include <fmt/format.h>

#include "registry/core/relation.hpp"

namespace mado::registry {

Outcome<void> HouseholdCheck::add(const ResidentRow& row) {
  const auto address = trust::sha256(view_of(row.address));
  auto [found, is_new] = households_.try_emplace(row.household, Household{row.line, address});
  auto& household = found->second;
  const auto fault = [&](std::string_view why) {
    return refuse(Reason::input_invalid, fmt::format("{}: line {}, column 1 (世帯番号): {}", file_, row.line, why));
  };
  if (household.address != address) return fault(fmt::format("another address than on line {}", household.first_line));
  if (++household.members > most_members) return fault(fmt::format("more than {} members", most_members));
  if (row.resident.state() == v1::RESIDENT_STATE_CURRENT) {
    ++household.living_there;
    if (row.resident.relation() == head_of_household) ++household.heads;
  }
  return {};
}

Outcome<void> HouseholdCheck::finish() const {
  for (const auto& [number, household] : households_) {
    if (household.living_there == 0 || household.heads == 1) continue;
    return refuse(Reason::input_invalid,
                  fmt::format("{}: line {}, column 1 (世帯番号): the household has {} heads (世帯主), not one", file_,
                              household.first_line, household.heads));
  }
  return {};
}

}  // namespace mado::registry
