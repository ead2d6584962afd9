// Who may have what (交付の可否): one table, cause × kind, over one snapshot of the registers. Pure.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/instant.hpp"
#include "base/refusal.hpp"
#include "issuer/core/tax_records.hpp"
#include "madoguchi/v1/register.pb.h"
#include "madoguchi/v1/statements.pb.h"
#include "wire/message.hpp"

namespace mado::issuer {

// Somebody's card asks for a kind.
struct Claim {
  const v1::HouseholdSnapshot& snapshot;
  v1::Service service = v1::SERVICE_HOME_CITY;
  v1::Kind kind = v1::KIND_UNSPECIFIED;
  int youngest = 15;                            // years, by the city's rules for the kind
  const Outcome<HeldTaxRecord>* tax = nullptr;  // the holder's, of the tax kinds
  Instant now;                                  // the issuer's time
  std::chrono::milliseconds most_silence{};     // a register that was not heard of for longer is not believed
};

// A set of kinds, by their numbers in the contract.
using KindSet = std::uint32_t;
constexpr KindSet set_of(v1::Kind kind) { return KindSet{1} << static_cast<unsigned>(kind); }

// One row of the table.
struct Cause {
  std::string_view
      what;            // for staff; names nobody. Which of the sensitive causes holds is not said: the register tells
  Reason reason;       // for the citizen
  KindSet kinds;       // that it stops
  bool whole_session;  // nothing at all is shown or issued to the card
  bool (*holds)(const Claim& claim);
};

// In the order in which they are looked at: of several that hold, the first is told. The sensitive ones (支援措置,
// 仮支援措置, 抑止, 届出の処理中, 転出予定, 仮登録) are one row for each register and come before all that is told of a
// person, so that two people who differ in nothing else are told the same (chain.md rule 9).
std::span<const Cause> causes();

// What stops the whole session, whatever kind is asked for: `claim.kind` is not looked at. Refusals: those of the rows.
Outcome<void> check_session(const Claim& claim);
// Everything that stops the kind. Refusals: those of the rows.
Outcome<void> check_entitled(const Claim& claim);

}  // namespace mado::issuer
