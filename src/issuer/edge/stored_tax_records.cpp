#include "issuer/edge/stored_tax_records.hpp"

#include <string>

namespace mado::issuer {

Outcome<void> StoredTaxRecords::check(const HeldTaxYear& year) const {
  if (year.year == 0) return refuse(Reason::register_unavailable, "no tax year was linked yet");
  const auto now = clock_.now();
  MADO_CHECK(check_tax_year(year.year, in_japan(now).day, issuing_.window));
  if (!year.whole || year.records == 0)
    return refuse(Reason::tax_year_changing, "tax year " + std::to_string(year.year) + " is not linked whole yet");
  if (now - year.heard_at > issuing_.believed_for)
    return refuse(Reason::register_unavailable, "the tax register was last heard of at " + iso_text(year.heard_at));
  return {};
}

Outcome<HeldTaxRecord> StoredTaxRecords::find(std::string_view resident) {
  MADO_TRY(answer, store_->find(resident));
  MADO_CHECK(check(answer.year));
  if (!answer.record) return refuse(Reason::tax_record_not_found, "the tax year has no record of this person");
  return std::move(*answer.record);
}

}  // namespace mado::issuer
