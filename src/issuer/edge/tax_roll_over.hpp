// The yearly roll-over (年度切替): one year becomes the one that is issued from, and every older year is erased beyond
// recovery. It is made of steps that may each be done twice, and the first of them writes down that the others are
// due: whoever opens the store after a crash finishes them.
#pragma once

#include <cstdint>

#include "issuer/edge/tax_store.hpp"

namespace mado::issuer {

enum class TaxYearNeed {
  linked,   // the year must be linked whole and have records
  nothing,  // also a year of which the store holds nothing yet: until it is linked nothing is issued
};

class TaxRollOver {
 public:
  // `store` must outlive it.
  explicit TaxRollOver(TaxStore& store) : store_(store) {}

  // From its commit on `year` is issued from, and the older years are never again, whatever happens. Refusals:
  // input_invalid for a year before the one that is issued from, and for one that is not as `need` says.
  Outcome<void> begin(std::uint32_t year, TaxYearNeed need);

  // What is left of a roll-over that was begun; nothing to do is no refusal. The older years' keys are overwritten and
  // removed, their rows deleted and overwritten, the file is rebuilt, the log is emptied, all of it synced. Takes as
  // long as the newest year is large. Refusal: storage_failed, also if readers or writers hold the file for longer than
  // 5 s: then it is to be called again.
  Outcome<void> finish();

 private:
  Outcome<void> erase_rows_before(std::uint32_t year);
  Outcome<void> rebuild();
  TaxStore& store_;
};

}  // namespace mado::issuer
