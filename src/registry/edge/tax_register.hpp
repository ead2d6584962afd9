// The tax system's own work on its register (個人住民税): the yearly link to the issuer, reconciliation, and deletion
// in one sweep.
#pragma once

#include "registry/edge/registers.hpp"

namespace mado::registry {

// Thread-safe.
class TaxRegister {
 public:
  explicit TaxRegister(Registers& registers) : registers_(registers) {}

  // One page of a year's assessed records: at most 500, and at most 512 KiB unless one alone is larger. Refusals:
  // message_malformed for a year, 宛名番号 or number of a change that is none; storage_failed.
  Outcome<v1::TaxYearPage> read_year(const v1::TaxYearQuery& query);

  // 整合処理: entries outside the resident register (住登外) whose 個人番号 a current resident has are marked as that
  // resident. How many.
  struct Reconciled {
    std::uint64_t looked_at = 0;
    std::uint64_t found = 0;
  };
  Outcome<Reconciled> reconcile(Instant now);

  // Deletes, in one transaction, what is past its time: assessed records and declarations of years before
  // `first_kept_year` with all their history; earlier states of 宛名; and entries outside the resident register to whom
  // no record or declaration is left. The sweep itself stays as a change. Refusal: input_invalid if it would delete the
  // newest year.
  struct Swept {
    std::uint64_t records = 0;  // states of assessed records
    std::uint64_t declarations = 0;
    std::uint64_t addressees = 0;  // states of 宛名
  };
  Outcome<Swept> sweep(std::uint32_t first_kept_year, Instant now);

 private:
  Outcome<std::uint32_t> newest_year();
  Registers& registers_;
};

}  // namespace mado::registry
