// The newest year's assessed tax records (賦課情報), which the issuer keeps itself (年次の税連携): nobody asks the tax
// system while a citizen waits.
#pragma once

#include <string_view>

#include "base/refusal.hpp"
#include "madoguchi/v1/records.pb.h"
#include "wire/message.hpp"

namespace mado::issuer {

using HeldTaxRecord = wire::SensitiveMessage<v1::TaxRecord>;

class TaxRecords {
 public:
  virtual ~TaxRecords() = default;
  // The record of the person with this 宛名番号, of the year that is issued from. Refusals: tax_record_not_found;
  // tax_year_changing in the window between two years; register_unavailable if the tax register was not heard of for
  // longer than configured; storage_failed.
  virtual Outcome<HeldTaxRecord> find(std::string_view resident) = 0;
};

}  // namespace mado::issuer
