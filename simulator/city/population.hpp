// Who lives where, and which card is whose: the truth that no node knows whole.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "madoguchi/v1/register.pb.h"
#include "simulator/scheduler/random.hpp"
#include "simulator/trust/keys.hpp"
#include "wire/message.hpp"

namespace mado::simulator {

struct Resident {
  std::string number;  // 宛名番号; stands for the name as well
  std::string city;    // 団体コード
  std::size_t household = 0;
  std::optional<Instant> suppressed;  // when the register acknowledged a 支援措置
};

struct Card {
  std::unique_ptr<CardChip> chip;
  trust::CertificateFacts facts;
  const Resident* holder = nullptr;
  std::optional<Instant> revoked;
  bool at_kiosk = false;  // its holder stands at one
  int tries = 3;
  static constexpr const char* pin = "1234";
};

class Population {
 public:
  // `cities` with `households` each, of 1–6 persons; everybody's first member has a card.
  // Whoever is suppressed is so for `cause`.
  Population(const std::vector<std::string>& cities, std::size_t households, v1::Suppression cause, Keys& keys,
             Instant now, Random random);
  Population(const Population&) = delete;
  Population& operator=(const Population&) = delete;

  std::vector<std::unique_ptr<Card>>& cards() { return cards_; }
  // Whoever lives with `resident`, the resident included.
  std::vector<Resident*> household_of(const Resident& resident);
  Card* card_of_serial(const Bytes& serial);
  // The answer of the city's 住民記録 to a card, as of now.
  v1::HouseholdSnapshot snapshot(const std::string& city, const v1::HouseholdQuery& query, Instant now);

 private:
  v1::Suppression cause_;
  std::vector<std::vector<std::unique_ptr<Resident>>> households_;
  std::vector<std::unique_ptr<Card>> cards_;
  std::map<Bytes, Card*> by_serial_;
};

}  // namespace mado::simulator
