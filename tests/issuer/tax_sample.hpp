// Assessed tax records for tests: nobody real. Every text of a record tells whose and of which year it is, so that it
// can be looked for.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "madoguchi/v1/taxation.pb.h"
#include "wire/message.hpp"

namespace mado::issuer {

// A 宛名番号 as far as the issuer looks at it: 15 digits.
inline std::string tax_person(int sequence) { return fmt::format("7391846{:08}", sequence); }

inline v1::TaxRecord tax_record(int sequence, std::uint32_t year = 2026, std::uint64_t position = 1) {
  v1::TaxRecord record;
  record.set_fiscal_year(year);
  record.set_resident(tax_person(sequence));
  record.set_name(fmt::format("鸞麤　籬{}之{}", year, sequence));
  record.set_address(fmt::format("龕鑿爨町{}番地{}号", year, sequence));
  record.mutable_born()->set_day("1980-02-17");
  record.set_standing(v1::TAX_STANDING_ASSESSED);
  auto* income = record.add_incomes();
  income->set_item("salary_income");
  income->set_yen(5'000'000 + sequence);
  record.set_total_income(3'560'000);
  record.set_annual_tax(182'300);
  record.set_position(position);
  return record;
}

inline v1::TaxYearPage tax_page(const std::vector<v1::TaxRecord>& records, bool last, std::uint64_t position,
                                std::uint32_t newest_year = 2026) {
  v1::TaxYearPage page;
  for (const auto& record : records) *page.add_records() = record;
  page.set_last(last);
  page.set_position(position);
  page.set_newest_year(newest_year);
  return page;
}

}  // namespace mado::issuer
