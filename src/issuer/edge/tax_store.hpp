// The issuer's own store of assessed tax records (docs/decisions/0019-tax-store.md): SQLite, every row encrypted and
// named under the key of its year. Besides the year that is issued from it holds the next one while that is being
// linked, and no other.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "issuer/core/tax_records.hpp"
#include "issuer/edge/tax_keys.hpp"
#include "madoguchi/v1/taxation.pb.h"
#include "store/database.hpp"

namespace mado::issuer {

// One year as the store holds it.
struct HeldTaxYear {
  std::uint32_t year = 0;
  bool whole = false;         // was linked to its end once
  std::uint64_t records = 0;  // at the end of the last pass
  Instant heard_at{};         // begin of the last pass that came to its end; 0: none did
};

struct TaxYears {
  std::uint32_t issued = 0;          // the year that is issued from; 0: none yet
  bool roll_over_under_way = false;  // older years are not erased to the end
  std::vector<HeldTaxYear> held;     // ascending

  const HeldTaxYear* find(std::uint32_t year) const;
};

// What the store says to a 宛名番号.
struct TaxAnswer {
  HeldTaxYear year;  // the one that is issued from; its number is 0 if there is none
  std::optional<HeldTaxRecord> record;
};

// Where a pass over one year stands: what the next page is asked with.
struct TaxPass {
  std::uint32_t year = 0;
  Bytes generation;                 // of the year's key
  std::int64_t step = 0;            // pages kept since the year was begun; tells who came first of two
  std::uint64_t changed_after = 0;  // 0: every record
  std::uint64_t position = 0;       // of the register when the pass began; 0: it has not begun
  Instant begun_at{};
  Sensitive<std::string> after;  // 宛名番号
};

// One connection to the store; thread-safe. Other connections, of other processes too, may be at work at once: each
// waits 5 s at most for a writer. Every operation may refuse with storage_failed.
class TaxStore {
 public:
  // Opens or makes the store. A roll-over that was broken off is not finished by this: tax_roll_over.hpp.
  static Outcome<std::unique_ptr<TaxStore>> open(TaxKeyPlace place, trust::Cryptography& crypto);

  Outcome<TaxYears> years();
  // Further refusal: configuration_invalid (TaxKeys::find).
  Outcome<TaxAnswer> find(std::string_view resident);

  // Goes on with a pass over the year, or begins one: over every record if the year is not whole, else over what has
  // changed. A year whose key is gone is begun anew. Refusals: input_invalid for a year before the one that is issued
  // from; configuration_invalid.
  Outcome<TaxPass> resume(std::uint32_t year, Instant now);
  // Keeps a page that was asked for as `pass` says and checked (core/tax_page.hpp), and moves `pass` on; with the last
  // page the pass ends. The first year that is whole and has records is issued from. Refusal: busy if another process
  // went on with this pass: nothing is kept.
  Outcome<void> keep(TaxPass& pass, const v1::TaxYearPage& page);
  // The register stands before what the store has heard of, for it was restored: a pass over every record, at the end
  // of which records that did not come are erased. Refusal: busy as above.
  Outcome<void> begin_again(TaxPass& pass, Instant now);

  // For the roll-over, which works on the same database and keys.
  store::Database& database() { return *database_; }
  TaxKeys& keys() { return keys_; }
  // `years`, for who holds `database().mutex()` and is in a transaction.
  Outcome<TaxYears> years_in_transaction();

 private:
  TaxStore(std::unique_ptr<store::Database> database, TaxKeys keys)
      : database_(std::move(database)), keys_(std::move(keys)) {}
  Outcome<std::optional<TaxAnswer>> try_to_find(std::string_view resident);
  Outcome<std::optional<TaxPass>> pass_under_way(std::uint32_t year, Instant now);
  Outcome<void> begin_year(std::uint32_t year);
  Outcome<void> move_on(store::Database::Writer& writer, const TaxPass& from, const TaxPass& to);
  Outcome<void> end_pass(store::Database::Writer& writer, const TaxPass& pass, bool changed);

  std::unique_ptr<store::Database> database_;
  TaxKeys keys_;
};

}  // namespace mado::issuer
