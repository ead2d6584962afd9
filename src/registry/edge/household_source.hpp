// Where the issuer's questions are answered from: the registers that this program keeps, or a city's own database.
#pragma once

#include "base/instant.hpp"
#include "base/refusal.hpp"
#include "registry/core/words.hpp"

namespace mado::registry {

// Thread-safe.
class HouseholdSource {
 public:
  virtual ~HouseholdSource() = default;
  // One snapshot. Refusals: message_malformed, storage_failed, record_incomplete.
  virtual Outcome<v1::HouseholdSnapshot> read_household(const v1::HouseholdQuery& query, Instant now) = 0;
  // The number of the last change; also asked to see whether the source can be read at all.
  virtual Outcome<std::uint64_t> feed_position() = 0;
};

}  // namespace mado::registry
