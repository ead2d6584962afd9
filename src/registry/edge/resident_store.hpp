// The resident register (住民記録) in one SQLite file. Every change gets the next change number; a resident's rows are
// a history, of which the last is in force. What is deleted is overwritten.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "base/instant.hpp"
#include "base/refusal.hpp"
#include "registry/core/columns.hpp"
#include "registry/core/rows.hpp"
#include "store/database.hpp"

namespace mado::registry {

// Thread-safe. Every operation may refuse with storage_failed; nothing is then half applied.
class ResidentStore {
 public:
  static Outcome<std::unique_ptr<ResidentStore>> open(const std::filesystem::path& file);
  ~ResidentStore();

  // One snapshot, as registry/core/household_reading.hpp answers it, with its refusals.
  Outcome<v1::HouseholdSnapshot> read_household(const v1::HouseholdQuery& query, Instant now);

  // One change of the register: all of `work` or nothing, under one change number. Writes are made inside it.
  class Change;
  Outcome<void> change(CrashPoint point, Instant now, const std::function<Outcome<void>(Change&)>& work);

  // The number of the last change.
  Outcome<std::uint64_t> feed_position();

 private:
  struct Inside;
  explicit ResidentStore(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

class ResidentStore::Change {
 public:
  // Adds a row to the resident's history (the first, or one that replaces what was in force), and the household.
  Outcome<void> put(const ResidentRow& row);
  // Adds a card. The register records what it is told: a card of two residents is answered as ambiguous.
  // Refusal: input_invalid if there is no such resident.
  Outcome<void> put_card(const CardRow& card);
  // The resident has this card no more: a correction. Idempotent.
  Outcome<void> withdraw_card(const CardRow& card);
  // Refusal: input_invalid if another resident has this card.
  Outcome<void> require_unclaimed(const CardRow& card);
  // Idempotent. Refusal: input_invalid if there is no such resident.
  Outcome<void> suppress(const std::string& resident, v1::Suppression cause);
  Outcome<void> unsuppress(const std::string& resident, v1::Suppression cause);
  // Cards that more than one resident has.
  Outcome<std::uint64_t> ambiguous_cards();

 private:
  friend class ResidentStore;
  Change(Inside& inside, store::Database::Writer& writer, std::int64_t number, Instant now)
      : inside_(inside), writer_(writer), number_(number), now_(now) {}
  Outcome<void> require_resident(const std::string& resident);
  Inside& inside_;
  store::Database::Writer& writer_;
  std::int64_t number_;
  Instant now_;
};

}  // namespace mado::registry
