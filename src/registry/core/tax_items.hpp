// The items of individual municipal tax (個人住民税), each with the fiscal years (年度) in which it exists: a reform of
// the law (税制改正) is a new row, and what older years held stays valid for them. The words are ours;
// docs/registers.md lists them.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "registry/core/words.hpp"

namespace mado::registry {

enum class TaxBlock { incomes, deductions, bases, taxes, persons };

struct TaxItem {
  TaxBlock block;
  std::string_view word;         // salary_income
  std::string_view japanese;     // 給与収入
  std::uint32_t first_year = 0;  // 年度, western; 0: since ever
  std::uint32_t last_year = 9999;
};
std::span<const TaxItem> tax_items();

std::string_view word_of(TaxBlock block);  // incomes, deductions, bases, taxes, persons
// Why not; empty if it is good.
std::string_view why_no_tax_block(std::string_view word);
// Every item exists in the record's year, stands once and in its block; nobody who has not declared has amounts.
std::string_view why_no_tax_record(const v1::TaxRecord& record);

}  // namespace mado::registry
