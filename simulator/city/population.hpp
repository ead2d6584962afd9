// Who lives where, and which card is whose: the truth that no node knows whole.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "simulator/disk/register.hpp"
#include "simulator/machines/card.hpp"
#include "simulator/scheduler/random.hpp"
#include "simulator/trust/keys.hpp"
#include "wire/message.hpp"

namespace mado::simulator {

struct Resident {
  std::string number;  // 宛名番号; stands for the name as well
  std::string city;    // 団体コード
  std::size_t household = 0;
  // When the register acknowledged a 支援措置, or that he has moved out.
  std::optional<Instant> suppressed;
  std::optional<Instant> moved_out;

  // His row in the register; `state` as it is or is to be.
  registry::ResidentRow row(v1::ResidentState state) const;
};

struct Card {
  std::unique_ptr<CardBody> body;
  trust::CertificateFacts facts;
  const Resident* holder = nullptr;
  // When JPKI acknowledged its first revocation, and the register that somebody else has it too.
  std::optional<Instant> revoked;
  std::optional<Instant> ambiguous;
  bool at_kiosk = false;  // its holder stands at one

  // A row that says that `resident` has it.
  registry::CardRow row_of(const Resident& resident) const;
};

class Population {
 public:
  // `cities` with `households` each, of 1–6 persons; everybody's first member has a card.
  // Whoever is suppressed is so for `cause`.
  Population(const std::vector<std::string>& cities, std::size_t households, v1::Suppression cause, Keys& keys,
             Faults& faults, Instant now, Random random);
  Population(const Population&) = delete;
  Population& operator=(const Population&) = delete;

  std::vector<std::unique_ptr<Card>>& cards() { return cards_; }
  v1::Suppression cause() const { return cause_; }
  // Whoever lives with `resident`, the resident included.
  std::vector<Resident*> household_of(const Resident& resident);
  // Anybody of the same city who lives elsewhere; nothing if there is nobody.
  Resident* neighbour_of(const Resident& resident, Random& random);
  Card* card_of_serial(const Bytes& serial);
  // The rows of a city's register as they are at first.
  RegisterContent first_rows(const std::string& city) const;

 private:
  v1::Suppression cause_;
  std::vector<std::vector<std::unique_ptr<Resident>>> households_;
  std::vector<std::unique_ptr<Card>> cards_;
  std::map<Bytes, Card*> by_serial_;
};

}  // namespace mado::simulator
