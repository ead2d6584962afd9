// The issuer's ledger (交付台帳): what was made, released and settled, with nothing of whom. chain.md rules 5 and 15;
// promises P1, P2. States: made → confirmed → settled; a row is inserted before anything is composed, so that an id is
// used once.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/refusal.hpp"

namespace mado::ledger {

struct IssuanceIntent {
  Id issuance;
  Bytes opening_digest;  // [32]
  std::uint32_t sequence = 0;
  Bytes application_digest;  // [32], of a salted statement
  std::string city;
  std::string kiosk;
  std::string family;  // of kind: "residence"
  std::uint32_t copies = 1;
  std::uint32_t most_in_opening = 1;
};

// A certificate, and the records that it was drawn from.
struct MadeCertificate {
  Bytes digest;        // [32] of its salted statement
  Bytes records_code;  // [32], keyed: without the city's key it tells nothing of the records
};

enum class IssuanceState : std::uint8_t { begun = 1, made = 2, confirmed = 3, settled = 4 };

struct IssuanceRow {
  Id issuance;
  IssuanceState state = IssuanceState::begun;
  Bytes application_digest;
  std::string city;
  std::string kiosk;
  std::string family;
  std::string outcome;  // a reason's code or an ending; empty while open
  Instant begun;
};

// What a kiosk said of an issuance that the ledger lost with a restore.
struct LostIssuance {
  Id issuance;
  std::string kiosk;
  std::string outcome;  // an ending
  Instant settled;
};

class IssuanceLedger {
 public:
  virtual ~IssuanceLedger() = default;

  // The ledger's epoch: drawn when the ledger was made, and anew after a restore; challenges of another are refused.
  virtual Outcome<Id> epoch() = 0;

  // Commits the intent before composing. Returns the number of the first copy (連番), unique in this ledger. Refusals:
  // opening_replayed (issuance id or (opening, sequence) known), opening_used_up, storage_failed.
  virtual Outcome<std::uint64_t> begin(const IssuanceIntent& intent, Instant at) = 0;
  // begun → made: the certificate statement with this digest leaves the issuer. Refusal: not_confirmed if it is not
  // begun.
  virtual Outcome<void> made(const Id& issuance, const MadeCertificate& certificate) = 0;
  // made → confirmed, once. Refusals: not_confirmed if it is not made, or either digest is another's; record_changed if
  // the records are not those that were drawn.
  virtual Outcome<void> confirm(const Id& issuance, ByteView application_digest, const MadeCertificate& certificate,
                                Instant at) = 0;
  // Closes with an outcome signed by the very kiosk of the issuance, whose digest matches. Idempotent. An issuance that
  // this ledger does not know was lost with a restore: its outcome is kept aside, and its id is used up. Refusal:
  // certificate_not_ours.
  virtual Outcome<void> settle(const Id& issuance, ByteView application_digest, const std::string& kiosk,
                               const std::string& outcome, Instant at) = 0;

  // Confirmed and not settled since before `before`: open cases.
  virtual Outcome<std::vector<IssuanceRow>> open_cases(Instant before) = 0;
  virtual Outcome<std::vector<IssuanceRow>> rows(std::size_t most) = 0;
  // Outcomes that were kept aside, oldest first; none in a ledger that is never restored.
  virtual Outcome<std::vector<LostIssuance>> lost_issuances() { return std::vector<LostIssuance>{}; }
};

// Thread-safe. `epoch_if_new` is used when the file is made.
Outcome<std::unique_ptr<IssuanceLedger>> open_issuance_ledger(const std::filesystem::path& file,
                                                              const Id& epoch_if_new);
// How far the running numbers leap with a new epoch: 1 to 2^32 millions, drawn by the epoch. That is past whatever was
// given out since the backup was made, and elsewhere again when a backup from before the last leap is restored. So no
// paper's 発行番号 is another's, but by one chance in 2^32 for each pair of restores.
std::uint64_t number_leap(const Id& epoch);
// After a restore: the ledger's next epoch, and the leap of its numbers.
Outcome<void> renew_epoch(const std::filesystem::path& file, const Id& epoch);

}  // namespace mado::ledger
