// The roster (信頼簿): which keys may speak for which city, center, kiosk authority and card authority. Two of three
// offline keys sign it; a party accepts a roster only if its version does not fall and it has not expired. chain.md,
// Keys.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "madoguchi/v1/statements.pb.h"
#include "trust/cryptography.hpp"
#include "wire/message.hpp"

namespace mado::application {

inline constexpr std::uint64_t contract_version = 1;  // compared with the roster's floor (chain rule 16)

bool is_city_code(std::string_view text);  // six digits
bool is_time(std::int64_t milliseconds);   // a contract's time: from 1970 to the end of 9999, UTC

class RosterBook {
 public:
  // Refusals: roster_invalid (shape, the contract's bounds, fewer than two of the pinned keys, a life over 30 days,
  // floor above `program_version`), roster_stale (expired, or its version is below `lowest_version`).
  static Outcome<RosterBook> read(trust::Cryptography& crypto, ByteView signed_roster,
                                  std::span<const Bytes> roster_certificates, std::uint64_t lowest_version, Instant now,
                                  std::uint64_t program_version = contract_version);

  std::uint64_t version() const { return roster_.version(); }
  // Refusal: roster_stale.
  Outcome<void> check_age(Instant now) const;

  const v1::Roster& content() const { return roster_; }
  // Refusal: city_unknown.
  Outcome<const v1::RosterCity*> city(const std::string& code) const;
  const std::vector<Bytes>& kiosk_authorities() const { return kiosk_authorities_; }
  const std::vector<Bytes>& jpki_authorities() const { return jpki_authorities_; }

 private:
  v1::Roster roster_;
  std::vector<Bytes> kiosk_authorities_;
  std::vector<Bytes> jpki_authorities_;
};

}  // namespace mado::application
