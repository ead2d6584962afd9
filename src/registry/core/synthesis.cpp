#include "registry/core/synthesis.hpp"

#include <algorithm>

#include "registry/core/check_digit.hpp"
#include "registry/core/synthesis_household.hpp"
#include "registry/core/synthesis_making.hpp"
#include "registry/core/synthesis_register.hpp"
#include "registry/core/synthesis_seal.hpp"
#include "registry/core/synthesis_tax.hpp"

namespace mado::registry {

namespace {
// Each household chooses by itself: what is added to one changes no other.
std::uint64_t seed_of(const CityNumbers& numbers, std::uint64_t household) {
  auto mixed = numbers.seed() + (household + 1) * 0x9e3779b97f4a7c15ULL;
  mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  return mixed ^ (mixed >> 27U);
}

HouseholdSort sort_of(std::uint64_t household, Choice& choice) {
  if (household == 0) return HouseholdSort::first;
  if (household == 1) return HouseholdSort::second;
  const auto draw = choice.below(1000);
  return draw < 40 ? HouseholdSort::foreign : draw < 60 ? HouseholdSort::mixed : HouseholdSort::ordinary;
}

Bytes any_bytes(Making& making, std::size_t count) {
  Bytes bytes(count);
  for (auto& byte : bytes) byte = static_cast<std::uint8_t>(making.choice.below(256));
  return bytes;
}

CardRow choose_card(Making& making, const std::string& person, bool family_register_only) {
  auto serial = any_bytes(making, 16);
  serial.front() = static_cast<std::uint8_t>(making.choice.between(1, 127));
  return {Bytes(20, 0x5a), std::move(serial), any_bytes(making, 32), person, family_register_only};
}

void add_cards(Making& making, const SyntheticHousehold& household, CityPart& part) {
  for (std::size_t at = 0; at < household.humans.size(); ++at) {
    if (making.choice.percent(78)) part.cards.push_back(choose_card(making, household.humans[at].resident, false));
  }
}

CityPart make_household_part(Making& making, HouseholdSort sort) {
  CityPart part;
  auto household = make_household(making, sort);
  add_registers(making, household, part);
  add_seals(making, household, part);
  add_taxation(making, household, part);
  add_cards(making, household, part);
  part.residents = std::move(household.rows);
  return part;
}

// People who have only the 本籍 here; a few of them may use a machine for it (本籍地利用登録).
CityPart make_part_of_others(Making& making) {
  CityPart part;
  add_register_of_others(making, part);
  const auto& record = part.family_registers.front();
  if (!record.closed() && !record.persons(0).removed() && making.choice.percent(12))
    part.cards.push_back(choose_card(making, record.persons(0).number(), true));
  return part;
}

std::uint64_t living_there(const CityPart& part) {
  return static_cast<std::uint64_t>(std::ranges::count_if(
      part.residents, [](const ResidentRow& row) { return row.resident.state() == v1::RESIDENT_STATE_CURRENT; }));
}
}  // namespace

void synthesise(const SyntheticCity& city, const std::function<void(const CityPart&)>& each) {
  CityNumbers numbers(city);
  std::uint64_t made = 0;
  for (std::uint64_t household = 0; made < city.residents; ++household) {
    Making making{city, numbers, Choice(seed_of(numbers, household))};
    const auto part = make_household_part(making, sort_of(household, making.choice));
    made += living_there(part);
    each(part);
    if (making.choice.percent(18)) each(make_part_of_others(making));
  }
}

void synthesise_residents(const SyntheticCity& city, const std::function<void(const ResidentRow&)>& each) {
  synthesise(city, [&](const CityPart& part) { std::ranges::for_each(part.residents, each); });
}

std::string number_of(KnownPerson person) {
  // 世帯番号 and 宛名番号 are given out in one order: that of the first household, its five, that of the second, its
  // twelve.
  constexpr int places[]{1, 2, 3, 4, 5, 7};
  std::uint64_t sequence = 0;
  std::optional<std::string> number;
  for (int given = -1; given < places[static_cast<std::size_t>(person)];) {
    number = register_number(++sequence);
    if (number) ++given;
  }
  return *number;
}

}  // namespace mado::registry
