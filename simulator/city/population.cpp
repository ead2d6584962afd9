#include "simulator/city/population.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace mado::simulator {

namespace {
constexpr std::int64_t most_members = 6;
}

Population::Population(const std::vector<std::string>& cities, std::size_t households, v1::Suppression cause,
                       Keys& keys, Instant now, Random random)
    : cause_(cause) {
  const std::vector<Bytes> authorities{keys.card_authority()};
  for (const auto& city : cities) {
    for (std::size_t i = 0; i < households; ++i) {
      auto& members = households_.emplace_back();
      const auto size = random.between(std::int64_t{1}, most_members);
      for (std::int64_t member = 0; member < size; ++member) {
        auto number = fmt::format("{}{:06}{:03}", city, households_.size(), member);
        members.push_back(std::make_unique<Resident>(Resident{std::move(number), city, households_.size() - 1, {}}));
      }
      auto card = std::make_unique<Card>();
      card->chip = keys.card();
      auto facts =
          keys.crypto().check_certificate(card->chip->certificate(), authorities, trust::CertificateUse::card, now);
      if (!facts) throw std::logic_error("a card of the simulator is not valid: " + facts.error().cause);
      card->facts = std::move(*facts);
      card->holder = members.front().get();
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

Card* Population::card_of_serial(const Bytes& serial) {
  const auto found = by_serial_.find(serial);
  return found == by_serial_.end() ? nullptr : found->second;
}

v1::HouseholdSnapshot Population::snapshot(const std::string& city, const v1::HouseholdQuery& query, Instant now) {
  v1::HouseholdSnapshot snapshot;
  snapshot.set_mapping(v1::CARD_MAPPING_UNKNOWN);
  const auto* card = card_of_serial(bytes_of(query.serial()));
  if (card == nullptr || card->holder->city != city || string_of(card->facts.issuer_key) != query.issuer_key() ||
      string_of(card->facts.public_key_digest) != query.public_key_digest())
    return snapshot;
  snapshot.set_mapping(v1::CARD_MAPPING_FOUND);
  snapshot.set_read_at(now.milliseconds);
  snapshot.set_holder(card->holder->number);
  snapshot.mutable_card()->set_issuer_key(string_of(card->facts.issuer_key));
  snapshot.mutable_card()->set_serial(string_of(card->facts.serial));
  snapshot.mutable_card()->set_public_key_digest(string_of(card->facts.public_key_digest));
  auto& household = *snapshot.mutable_household();
  household.set_number(std::to_string(card->holder->household));
  for (const auto* resident : household_of(*card->holder)) {
    auto& member = *household.add_members();
    member.set_number(resident->number);
    member.set_name(resident->number);
    member.mutable_born()->set_day("1980-02-17");
    member.set_state(v1::RESIDENT_STATE_CURRENT);
    if (resident->suppressed) member.add_suppressions(cause_);
  }
  return snapshot;
}

}  // namespace mado::simulator
