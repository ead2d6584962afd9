#include "registry/core/tax_items.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace mado::registry {

namespace {
using enum TaxBlock;

constexpr TaxItem items[]{
    {incomes, "salary_income", "給与収入"},
    {incomes, "salary", "給与所得"},
    {incomes, "public_pension_income", "公的年金等収入"},
    {incomes, "public_pension", "雑所得（公的年金等）"},
    {incomes, "miscellaneous_business", "雑所得（業務）", 2022},
    {incomes, "miscellaneous_other", "雑所得（その他）"},
    {incomes, "business", "営業等所得"},
    {incomes, "agriculture", "農業所得"},
    {incomes, "real_estate", "不動産所得"},
    {incomes, "interest", "利子所得"},
    {incomes, "dividends", "配当所得"},
    {incomes, "general_transfer", "総合譲渡所得"},
    {incomes, "occasional", "一時所得"},
    {incomes, "short_term_transfer", "分離短期譲渡所得"},
    {incomes, "long_term_transfer", "分離長期譲渡所得"},
    {incomes, "shares_unlisted", "一般株式等の譲渡所得"},
    {incomes, "shares_listed", "上場株式等の譲渡所得"},
    {incomes, "dividends_listed", "上場株式等の配当所得"},
    {incomes, "futures", "先物取引の雑所得"},
    {incomes, "forestry", "山林所得"},
    {incomes, "retirement", "退職所得"},
    {incomes, "gross_income", "総所得金額等"},
    {incomes, "loss_carried_forward", "繰越損失"},
    {deductions, "casualty_loss", "雑損控除"},
    {deductions, "medical", "医療費控除"},
    {deductions, "social_insurance", "社会保険料控除"},
    {deductions, "small_enterprise_mutual_aid", "小規模企業共済等掛金控除"},
    {deductions, "life_insurance", "生命保険料控除"},
    {deductions, "earthquake_insurance", "地震保険料控除"},
    {deductions, "disability", "障害者控除"},
    {deductions, "widow", "寡婦控除"},
    {deductions, "single_parent", "ひとり親控除", 2021},
    {deductions, "working_student", "勤労学生控除"},
    {deductions, "spouse", "配偶者控除"},
    {deductions, "special_spouse", "配偶者特別控除"},
    {deductions, "dependants", "扶養控除"},
    {deductions, "special_relative", "特定親族特別控除", 2026},
    {deductions, "basic", "基礎控除"},
    {deductions, "total", "所得控除合計"},
    {bases, "general", "課税標準額（総所得）"},
    {bases, "short_term_transfer", "課税標準額（分離短期譲渡）"},
    {bases, "long_term_transfer", "課税標準額（分離長期譲渡）"},
    {bases, "shares", "課税標準額（株式等譲渡）"},
    {bases, "dividends_listed", "課税標準額（上場株式等配当）"},
    {bases, "futures", "課税標準額（先物取引）"},
    {bases, "forestry", "課税標準額（山林）"},
    {bases, "retirement", "課税標準額（退職）"},
    {taxes, "municipal_income_levy", "市町村民税所得割額"},
    {taxes, "municipal_per_capita_levy", "市町村民税均等割額"},
    {taxes, "prefectural_income_levy", "道府県民税所得割額"},
    {taxes, "prefectural_per_capita_levy", "道府県民税均等割額"},
    {taxes, "forest_environment_tax", "森林環境税額", 2024},
    {taxes, "adjustment_credit", "調整控除"},
    {taxes, "dividend_credit", "配当控除"},
    {taxes, "housing_loan_credit", "住宅借入金等特別税額控除"},
    {taxes, "donation_credit", "寄附金税額控除"},
    {taxes, "foreign_tax_credit", "外国税額控除"},
    {taxes, "special_fixed_reduction", "定額減税額", 2024, 2025},
    {taxes, "reduction", "減免額"},
    {persons, "spouse", "控除対象配偶者"},
    {persons, "elderly_spouse", "老人控除対象配偶者"},
    {persons, "specific_dependants", "特定扶養親族"},
    {persons, "elderly_dependants", "老人扶養親族"},
    {persons, "elderly_parents_living_together", "同居老親等"},
    {persons, "general_dependants", "その他の扶養親族"},
    {persons, "dependants_under_16", "１６歳未満の扶養親族"},
    {persons, "special_disability_living_together", "同居特別障害者"},
    {persons, "special_disability", "特別障害者"},
    {persons, "other_disability", "その他の障害者"},
    {persons, "self_special_disability", "本人該当（特別障害者）"},
    {persons, "self_other_disability", "本人該当（その他の障害者）"},
    {persons, "self_widow", "本人該当（寡婦）"},
    {persons, "self_single_parent", "本人該当（ひとり親）", 2021},
    {persons, "self_working_student", "本人該当（勤労学生）"},
    {persons, "self_minor", "本人該当（未成年者）"},
};
constexpr std::array<std::string_view, 5> blocks{"incomes", "deductions", "bases", "taxes", "persons"};

bool exists(TaxBlock block, std::string_view word, std::uint32_t year) {
  return std::ranges::any_of(items, [&](const TaxItem& item) {
    return item.block == block && item.word == word && item.first_year <= year && year <= item.last_year;
  });
}

template <typename Entries>
std::string_view why_no_block(TaxBlock block, const Entries& entries, std::uint32_t year) {
  std::set<std::string_view> seen;
  for (const auto& entry : entries) {
    if (!exists(block, entry.item(), year)) return "holds an 項目 that its 年度 does not have";
    if (!seen.insert(entry.item()).second) return "holds an 項目 twice";
  }
  return {};
}
}  // namespace

std::span<const TaxItem> tax_items() { return items; }
std::string_view word_of(TaxBlock block) { return blocks.at(static_cast<std::size_t>(block)); }

std::string_view why_no_tax_block(std::string_view word) {
  return std::ranges::find(blocks, word) == blocks.end() ? "must be incomes, deductions, bases, taxes or persons" : "";
}

std::string_view why_no_tax_record(const v1::TaxRecord& record) {
  const auto year = record.fiscal_year();
  for (const auto why : {why_no_block(incomes, record.incomes(), year),
                         why_no_block(deductions, record.deductions(), year), why_no_block(bases, record.bases(), year),
                         why_no_block(taxes, record.taxes(), year), why_no_block(persons, record.persons(), year)}) {
    if (!why.empty()) return why;
  }
  const bool has_amounts = record.incomes_size() + record.bases_size() + record.taxes_size() > 0 ||
                           record.total_income() != 0 || record.annual_tax() != 0;
  if (record.standing() != v1::TAX_STANDING_ASSESSED && has_amounts) return "has amounts though nobody has declared";
  return record.annual_tax() < 0 ? "has a negative 年税額" : "";
}

}  // namespace mado::registry
