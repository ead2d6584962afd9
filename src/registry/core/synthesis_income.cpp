#include "registry/core/synthesis_income.hpp"

#include <algorithm>

namespace mado::registry {

namespace {
using Yen = std::int64_t;
constexpr std::uint32_t raised_salary_deduction = 2026;  // 令和8年度: at least 650,000
constexpr std::uint32_t forest_tax = 2024;

// 給与所得控除 (所得税法28条).
Yen salary_deduction(Yen salary, std::uint32_t year) {
  const Yen least = year >= raised_salary_deduction ? 650'000 : 550'000;
  const Yen by_rate = salary <= 1'800'000   ? salary * 40 / 100 - 100'000
                      : salary <= 3'600'000 ? salary * 30 / 100 + 80'000
                      : salary <= 6'600'000 ? salary * 20 / 100 + 440'000
                      : salary <= 8'500'000 ? salary * 10 / 100 + 1'100'000
                                            : 1'950'000;
  return std::min(salary, std::max(least, by_rate));
}

void add(google::protobuf::RepeatedPtrField<v1::TaxAmount>& amounts, std::string_view item, Yen yen) {
  if (yen == 0) return;
  auto& amount = *amounts.Add();
  amount.set_item(std::string(item));
  amount.set_yen(yen);
}
void add(google::protobuf::RepeatedPtrField<v1::TaxCount>& counts, std::string_view item, int persons) {
  if (persons == 0) return;
  auto& count = *counts.Add();
  count.set_item(std::string(item));
  count.set_count(static_cast<std::uint32_t>(persons));
}

Yen thousands(Yen yen) { return std::max<Yen>(0, yen) / 1000 * 1000; }
Yen hundreds(Yen yen) { return std::max<Yen>(0, yen) / 100 * 100; }

// 総所得金額, without what is taxed separately.
Yen write_incomes(const Earnings& earnings, v1::TaxRecord& record) {
  auto& incomes = *record.mutable_incomes();
  const Yen salary = earnings.salary - salary_deduction(earnings.salary, record.fiscal_year());
  const Yen pension = std::max<Yen>(0, earnings.pension - (earnings.aged_65 ? 1'100'000 : 600'000));
  add(incomes, "salary_income", earnings.salary);
  add(incomes, "salary", salary);
  add(incomes, "public_pension_income", earnings.pension);
  add(incomes, "public_pension", pension);
  add(incomes, "business", earnings.business);
  if (!earnings.rare.empty()) add(incomes, earnings.rare, earnings.rare_yen);
  const Yen together = salary + pension + earnings.business + (earnings.separate.empty() ? earnings.rare_yen : 0);
  const Yen total = together + (earnings.separate.empty() ? 0 : earnings.rare_yen);
  add(incomes, "gross_income", total);
  record.set_total_income(total);
  return together;
}

Yen write_deductions(const Earnings& earnings, const Dependants& dependants, v1::TaxRecord& record) {
  auto& deductions = *record.mutable_deductions();
  const Yen social = (earnings.salary * 15 + earnings.pension * 6 + earnings.business * 14) / 100;
  const Yen parts[]{earnings.medical,
                    social,
                    earnings.life_insurance,
                    earnings.disabled ? 260'000 : 0,
                    earnings.single_parent ? 300'000 : 0,
                    dependants.spouse ? (dependants.elderly_spouse ? 380'000 : 330'000) : 0,
                    dependants.specific * 450'000 + dependants.elderly_at_home * 450'000 + dependants.general * 330'000,
                    430'000};
  constexpr std::string_view words[]{"medical",       "social_insurance", "life_insurance", "disability",
                                     "single_parent", "spouse",           "dependants",     "basic"};
  Yen total = 0;
  for (std::size_t i = 0; i < std::size(parts); ++i) {
    add(deductions, words[i], parts[i]);
    total += parts[i];
  }
  add(deductions, "total", total);
  return total;
}

void write_persons(const Earnings& earnings, const Dependants& dependants, v1::TaxRecord& record) {
  auto& persons = *record.mutable_persons();
  add(persons, "spouse", dependants.spouse && !dependants.elderly_spouse ? 1 : 0);
  add(persons, "elderly_spouse", dependants.elderly_spouse ? 1 : 0);
  add(persons, "specific_dependants", dependants.specific);
  add(persons, "elderly_parents_living_together", dependants.elderly_at_home);
  add(persons, "general_dependants", dependants.general);
  add(persons, "dependants_under_16", dependants.under_16);
  add(persons, "self_other_disability", earnings.disabled ? 1 : 0);
  add(persons, "self_single_parent", earnings.single_parent ? 1 : 0);
}

// Below this nothing is due (地方税法295条, with the amounts of a 1級地).
Yen untaxed_income(const Earnings& earnings, const Dependants& dependants) {
  if (earnings.disabled || earnings.single_parent) return 1'350'000;
  const int persons = dependants.count();
  return persons == 0 ? 450'000 : 350'000 * (persons + 1) + 310'000;
}

void write_taxes(const Earnings& earnings, Yen general, Yen separate, v1::TaxRecord& record) {
  auto& taxes = *record.mutable_taxes();
  const bool with_forest = record.fiscal_year() >= forest_tax;
  constexpr Yen adjustment = 2'500;
  // Ten per cent: six are the city's, four the prefecture's; of what is taxed separately five: three and two.
  const Yen credit = general > 0 ? adjustment + earnings.housing_loan : 0;
  const Yen municipal = hundreds(general * 6 / 100 + separate * 3 / 100 - credit * 6 / 10);
  const Yen prefectural = hundreds(general * 4 / 100 + separate * 2 / 100 - credit * 4 / 10);
  const Yen flat_municipal = with_forest ? 3'000 : 3'500;
  const Yen flat_prefectural = with_forest ? 1'000 : 1'500;
  add(taxes, "municipal_income_levy", municipal);
  add(taxes, "municipal_per_capita_levy", flat_municipal);
  add(taxes, "prefectural_income_levy", prefectural);
  add(taxes, "prefectural_per_capita_levy", flat_prefectural);
  if (with_forest) add(taxes, "forest_environment_tax", 1'000);
  if (general > 0) {
    add(taxes, "adjustment_credit", adjustment);
    add(taxes, "housing_loan_credit", earnings.housing_loan);
  }
  record.set_annual_tax(municipal + prefectural + flat_municipal + flat_prefectural + (with_forest ? 1'000 : 0));
}
}  // namespace

void assess(const Earnings& earnings, const Dependants& dependants, v1::TaxRecord& record) {
  record.set_standing(v1::TAX_STANDING_ASSESSED);
  const Yen together = write_incomes(earnings, record);
  const Yen deducted = write_deductions(earnings, dependants, record);
  write_persons(earnings, dependants, record);
  if (record.total_income() <= untaxed_income(earnings, dependants)) return;
  const Yen general = thousands(together - deducted);
  const Yen separate = earnings.separate.empty() ? 0 : thousands(earnings.rare_yen);
  add(*record.mutable_bases(), "general", general);
  if (separate > 0) add(*record.mutable_bases(), earnings.separate, separate);
  write_taxes(earnings, general, separate, record);
}

}  // namespace mado::registry
