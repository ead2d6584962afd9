#include "simulator/city/population.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace mado::simulator {

namespace {
constexpr std::int64_t most_members = 6;
}

registry::ResidentRow Resident::row(v1::ResidentState state) const {
  registry::ResidentRow row;
  row.household = std::to_string(household);
  row.resident.set_number(number);
  row.resident.set_name(number);
  row.resident.mutable_born()->set_day("1980-02-17");
  row.resident.set_state(state);
  return row;
}

registry::CardRow Card::row_of(const Resident& resident) const {
  const auto bytes = [](const auto& octets) { return Bytes(octets.begin(), octets.end()); };
  return {bytes(facts.issuer_key), bytes(facts.serial), bytes(facts.public_key_digest), resident.number};
}

Population::Population(const std::vector<std::string>& cities, std::size_t households, v1::Suppression cause,
                       Keys& keys, Faults& faults, Instant now, Random random)
    : cause_(cause) {
  const std::vector<Bytes> authorities{keys.card_authority()};
  for (const auto& city : cities) {
    for (std::size_t i = 0; i < households; ++i) {
      auto& members = households_.emplace_back();
      const auto size = random.between(std::int64_t{1}, most_members);
      for (std::int64_t member = 0; member < size; ++member) {
        auto number = fmt::format("{}{:06}{:03}", city, households_.size(), member);
        members.push_back(
            std::make_unique<Resident>(Resident{std::move(number), city, households_.size() - 1, {}, {}}));
      }
      auto card = std::make_unique<Card>();
      auto chip = keys.card();
      auto facts = keys.crypto().check_certificate(chip.certificate, authorities, trust::CertificateUse::card, now);
      if (!facts) throw std::logic_error("a card of the simulator is not valid: " + facts.error().cause);
      card->facts = std::move(*facts);
      card->holder = members.front().get();
      card->body = std::make_unique<CardBody>(std::move(chip), faults, Random(random.next(), "card"));
      by_serial_[card->facts.serial] = card.get();
      cards_.push_back(std::move(card));
    }
  }
}

std::vector<Resident*> Population::household_of(const Resident& resident) {
  std::vector<Resident*> members;
  for (const auto& member : households_.at(resident.household)) members.push_back(member.get());
  return members;
}

Resident* Population::neighbour_of(const Resident& resident, Random& random) {
  std::vector<Resident*> neighbours;
  for (const auto& members : households_) {
    if (members.front()->city == resident.city && members.front()->household != resident.household)
      neighbours.push_back(members.front().get());
  }
  return neighbours.empty() ? nullptr : neighbours[random.below(neighbours.size())];
}

Card* Population::card_of_serial(const Bytes& serial) {
  const auto found = by_serial_.find(serial);
  return found == by_serial_.end() ? nullptr : found->second;
}

RegisterContent Population::first_rows(const std::string& city) const {
  RegisterContent content;
  RegisterStandIn::Change change(content);
  for (const auto& members : households_) {
    for (const auto& member : members) {
      if (member->city == city) (void)change.put_resident(member->row(v1::RESIDENT_STATE_CURRENT));
    }
  }
  for (const auto& card : cards_) {
    if (card->holder->city == city) (void)change.put_card(card->row_of(*card->holder));
  }
  return content;
}

}  // namespace mado::simulator
