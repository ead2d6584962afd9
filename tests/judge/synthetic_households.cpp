#include "tests/judge/synthetic_households.hpp"

#include "registry/core/synthesis.hpp"

namespace mado::judge {

std::vector<madoguchi::v1::Household> synthetic_households(std::uint64_t residents) {
  const registry::SyntheticCity city{"131016", "東京都", "千代田区", 7, residents, today};
  std::vector<madoguchi::v1::Household> found;
  registry::synthesise_residents(city, [&](const registry::ResidentRow& row) {
    if (found.empty() || found.back().number() != row.household) {
      found.emplace_back().set_number(row.household);
      found.back().set_address(row.address);
    }
    if (row.resident.relation() == "世帯主") found.back().set_head(row.resident.name());
    *found.back().add_members() = row.resident;
  });
  return found;
}

}  // namespace mado::judge
