// What a page of the yearly tax link (TaxLink.ReadYear) must be like before anything of it is kept.
#pragma once

#include "base/refusal.hpp"
#include "madoguchi/v1/taxation.pb.h"
#include "wire/message.hpp"

namespace mado::issuer {

// The query's own year and no other, records ascending by 宛名番号 after the one that was asked for, each changed after
// the position that was asked for and within the contract's bounds, and at least one unless it is the last page.
// Refusal: message_malformed; the cause counts records and names nobody.
Outcome<void> check_tax_page(const v1::TaxYearQuery& asked, const v1::TaxYearPage& page);

}  // namespace mado::issuer
