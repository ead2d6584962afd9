// A tax record that is about as long as one may be, for pages that a line must still carry.
#pragma once

#include <string>

#include "madoguchi/v1/records.pb.h"

namespace mado::specimen {

inline void lengthen(madoguchi::v1::TaxRecord& record) {
  record.set_name(std::string(400, 'a'));
  record.set_address(std::string(400, 'b'));
  for (const auto* item : {"salary", "public_pension", "business", "agriculture", "real_estate", "interest",
                           "dividends", "general_transfer", "occasional", "short_term_transfer", "long_term_transfer",
                           "shares_unlisted", "shares_listed", "futures", "forestry"}) {
    auto* income = record.add_incomes();
    income->set_item(item);
    income->set_yen(-9'000'000'000'000);
  }
}

}  // namespace mado::specimen
