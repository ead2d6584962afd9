#include "issuer/core/certificates/tax_items.hpp"

#include <array>

namespace mado::issuer {

namespace {
using Word = std::string_view;

constexpr std::array incomes{
    Word{"incomes.salary_income"},           // 給与収入
    Word{"incomes.salary"},                  // 給与所得
    Word{"incomes.public_pension_income"},   // 公的年金等収入
    Word{"incomes.public_pension"},          // 雑所得（公的年金等）
    Word{"incomes.miscellaneous_business"},  // 雑所得（業務）
    Word{"incomes.miscellaneous_other"},     // 雑所得（その他）
    Word{"incomes.business"},                // 営業等所得
    Word{"incomes.agriculture"},             // 農業所得
    Word{"incomes.real_estate"},             // 不動産所得
    Word{"incomes.interest"},                // 利子所得
    Word{"incomes.dividends"},               // 配当所得
    Word{"incomes.general_transfer"},        // 総合譲渡所得
    Word{"incomes.occasional"},              // 一時所得
    Word{"incomes.short_term_transfer"},     // 分離短期譲渡所得
    Word{"incomes.long_term_transfer"},      // 分離長期譲渡所得
    Word{"incomes.shares_unlisted"},         // 一般株式等の譲渡所得
    Word{"incomes.shares_listed"},           // 上場株式等の譲渡所得
    Word{"incomes.dividends_listed"},        // 上場株式等の配当所得
    Word{"incomes.futures"},                 // 先物取引の雑所得
    Word{"incomes.forestry"},                // 山林所得
    Word{"incomes.retirement"},              // 退職所得
    Word{"incomes.gross_income"},            // 総所得金額等
    Word{"incomes.loss_carried_forward"},    // 繰越損失
};
constexpr std::array deductions{
    Word{"deductions.casualty_loss"},                // 雑損控除
    Word{"deductions.medical"},                      // 医療費控除
    Word{"deductions.social_insurance"},             // 社会保険料控除
    Word{"deductions.small_enterprise_mutual_aid"},  // 小規模企業共済等掛金控除
    Word{"deductions.life_insurance"},               // 生命保険料控除
    Word{"deductions.earthquake_insurance"},         // 地震保険料控除
    Word{"deductions.disability"},                   // 障害者控除
    Word{"deductions.widow"},                        // 寡婦控除
    Word{"deductions.single_parent"},                // ひとり親控除
    Word{"deductions.working_student"},              // 勤労学生控除
    Word{"deductions.spouse"},                       // 配偶者控除
    Word{"deductions.special_spouse"},               // 配偶者特別控除
    Word{"deductions.dependants"},                   // 扶養控除
    Word{"deductions.special_relative"},             // 特定親族特別控除
    Word{"deductions.basic"},                        // 基礎控除
    Word{"deductions.total"},                        // 所得控除合計
};
constexpr std::array bases{
    Word{"bases.general"},              // 課税標準額（総所得）
    Word{"bases.short_term_transfer"},  // 課税標準額（分離短期譲渡）
    Word{"bases.long_term_transfer"},   // 課税標準額（分離長期譲渡）
    Word{"bases.shares"},               // 課税標準額（株式等譲渡）
    Word{"bases.dividends_listed"},     // 課税標準額（上場株式等配当）
    Word{"bases.futures"},              // 課税標準額（先物取引）
    Word{"bases.forestry"},             // 課税標準額（山林）
    Word{"bases.retirement"},           // 課税標準額（退職）
};
constexpr std::array taxes{
    Word{"taxes.municipal_income_levy"},        // 市町村民税所得割額
    Word{"taxes.municipal_per_capita_levy"},    // 市町村民税均等割額
    Word{"taxes.prefectural_income_levy"},      // 道府県民税所得割額
    Word{"taxes.prefectural_per_capita_levy"},  // 道府県民税均等割額
    Word{"taxes.forest_environment_tax"},       // 森林環境税額
    Word{"taxes.adjustment_credit"},            // 調整控除
    Word{"taxes.dividend_credit"},              // 配当控除
    Word{"taxes.housing_loan_credit"},          // 住宅借入金等特別税額控除
    Word{"taxes.donation_credit"},              // 寄附金税額控除
    Word{"taxes.foreign_tax_credit"},           // 外国税額控除
    Word{"taxes.special_fixed_reduction"},      // 定額減税額
    Word{"taxes.reduction"},                    // 減免額
};
constexpr std::array persons{
    Word{"persons.spouse"},                              // 控除対象配偶者
    Word{"persons.elderly_spouse"},                      // 老人控除対象配偶者
    Word{"persons.specific_dependants"},                 // 特定扶養親族
    Word{"persons.elderly_dependants"},                  // 老人扶養親族
    Word{"persons.elderly_parents_living_together"},     // 同居老親等
    Word{"persons.general_dependants"},                  // その他の扶養親族
    Word{"persons.dependants_under_16"},                 // １６歳未満の扶養親族
    Word{"persons.special_disability_living_together"},  // 同居特別障害者
    Word{"persons.special_disability"},                  // 特別障害者
    Word{"persons.other_disability"},                    // その他の障害者
    Word{"persons.self_special_disability"},             // 本人該当（特別障害者）
    Word{"persons.self_other_disability"},               // 本人該当（その他の障害者）
    Word{"persons.self_widow"},                          // 本人該当（寡婦）
    Word{"persons.self_single_parent"},                  // 本人該当（ひとり親）
    Word{"persons.self_working_student"},                // 本人該当（勤労学生）
    Word{"persons.self_minor"},                          // 本人該当（未成年者）
};
}  // namespace

std::span<const std::string_view> fields_of(TaxGroup group) {
  switch (group) {
    case TaxGroup::income:
      return incomes;
    case TaxGroup::deduction:
      return deductions;
    case TaxGroup::base:
      return bases;
    case TaxGroup::tax:
      return taxes;
    case TaxGroup::person:
      break;
  }
  return persons;
}

std::string field_of(TaxGroup group, std::string_view word) {
  const auto first = fields_of(group).front();
  return std::string(first.substr(0, first.find('.') + 1)).append(word);
}

}  // namespace mado::issuer
