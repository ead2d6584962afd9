#include "simulator/city/population.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace mado::simulator {

namespace {
constexpr std::int64_t most_members = 6;
// From these on a number's last three digits are of those who only stand in the household's 戸籍.
constexpr int first_elsewhere = 900;
constexpr int first_removed = 950;
constexpr double in_a_register_share = 0.9;
constexpr double other_domicile_share = 0.3;
constexpr double lives_elsewhere_share = 0.3;
constexpr double removed_share = 0.3;
constexpr double seal_share = 0.8;
constexpr double tax_record_share = 0.9;
constexpr double declared_share = 0.9;
constexpr double taxed_share = 0.7;

std::string number_at(const Household& household, std::int64_t place) {
  return fmt::format("{}{:03}", household.number, place);
}

void draw_records(Resident& resident, Random& random) {
  resident.seal.edition = random.chance(seal_share) ? 1 : 0;
  resident.tax.edition = random.chance(tax_record_share) ? 1 : 0;
  resident.tax.declared = random.chance(declared_share);
  resident.tax.taxed = random.chance(taxed_share);
}
}  // namespace

const Family::Person* Family::find(const Resident& resident) const {
  const auto found = std::ranges::find(persons, resident.number, &Person::name);
  return found == persons.end() ? nullptr : &*found;
}

std::string Card::domicile() const {
  const auto* family = holder->family;
  return family == nullptr || family->city == holder->city() ? std::string() : family->city;
}

Population::Population(const std::vector<std::string>& cities, std::size_t households, v1::Suppression cause,
                       Keys& keys, Faults& faults, Instant now, Random random)
    : cause_(cause) {
  for (const auto& city : cities) {
    for (std::size_t i = 0; i < households; ++i) {
      auto& home = *homes_.emplace_back(std::make_unique<Home>());
      home.household = {city, fmt::format("{}{:06}", city, homes_.size())};
      settle(home, cities, random);
      give_card(home, keys, faults, now, random);
    }
  }
}

// Who lives there, and who stands in their 戸籍.
void Population::settle(Home& home, const std::vector<std::string>& cities, Random& random) {
  const auto size = random.between(std::int64_t{1}, most_members);
  for (std::int64_t place = 0; place < size; ++place) {
    auto& member = *home.members.emplace_back(std::make_unique<Resident>());
    member.number = number_at(home.household, place);
    member.household = &home.household;
    draw_records(member, random);
  }
  if (!random.chance(in_a_register_share)) return;
  home.family = std::make_unique<Family>();
  auto& family = *home.family;
  family.number = "R" + home.household.number;
  family.city = random.chance(other_domicile_share) ? cities[random.below(cities.size())] : home.household.city;
  const auto add = [&](std::string name, const Resident* resident, bool removed) {
    auto number = "P" + name;
    family.persons.push_back({std::move(number), std::move(name), resident, removed});
  };
  const bool at_home = family.city == home.household.city;
  for (const auto& member : home.members) {
    member->family = &family;
    add(member->number, at_home ? member.get() : nullptr, false);
  }
  if (random.chance(lives_elsewhere_share)) add(number_at(home.household, first_elsewhere), nullptr, false);
  if (random.chance(removed_share)) add(number_at(home.household, first_removed), nullptr, true);
}

void Population::give_card(const Home& home, Keys& keys, Faults& faults, Instant now, Random& random) {
  const std::vector<Bytes> authorities{keys.card_authority()};
  auto card = std::make_unique<Card>();
  auto chip = keys.card();
  auto facts = keys.crypto().check_certificate(chip.certificate, authorities, trust::CertificateUse::card, now);
  if (!facts) throw std::logic_error("a card of the simulator is not valid: " + facts.error().cause);
  card->facts = std::move(*facts);
  card->holder = home.members.front().get();
  card->body = std::make_unique<CardBody>(std::move(chip), faults, Random(random.next(), "card"));
  by_serial_[card->facts.serial] = card.get();
  cards_.push_back(std::move(card));
}

const Population::Home& Population::at(const Resident& resident) const {
  return **std::ranges::find_if(homes_, [&](const auto& home) { return &home->household == resident.household; });
}

std::vector<Resident*> Population::household_of(const Resident& resident) const {
  std::vector<Resident*> members;
  for (const auto& member : at(resident).members) members.push_back(member.get());
  return members;
}

Resident* Population::neighbour_of(const Resident& resident, Random& random) {
  std::vector<Resident*> neighbours;
  for (const auto& home : homes_) {
    if (home->household.city == resident.city() && &home->household != resident.household)
      neighbours.push_back(home->members.front().get());
  }
  return neighbours.empty() ? nullptr : neighbours[random.below(neighbours.size())];
}

Card* Population::card_of_serial(const Bytes& serial) {
  const auto found = by_serial_.find(serial);
  return found == by_serial_.end() ? nullptr : found->second;
}

std::vector<const Resident*> Population::residents_of(const std::string& city) const {
  std::vector<const Resident*> residents;
  for (const auto& home : homes_) {
    if (home->household.city != city) continue;
    for (const auto& member : home->members) residents.push_back(member.get());
  }
  return residents;
}

std::vector<const Family*> Population::families_of(const std::string& city) const {
  std::vector<const Family*> families;
  for (const auto& home : homes_) {
    if (home->family && home->family->city == city) families.push_back(home->family.get());
  }
  return families;
}

}  // namespace mado::simulator
