// Whole records: what may stand in a register, whichever way it came.
#include "registry/core/record_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "registry/core/family_vocabulary.hpp"
#include "registry/core/seal_image.hpp"
#include "registry/core/tax_items.hpp"
#include "sample.hpp"

namespace mado::registry {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(Household, HasOneHeadAndEachMemberOnce) {
  EXPECT_EQ(why_no_household(household_of({resident(0, 0), resident(1, 0, "妻")})), "");
  EXPECT_THAT(why_no_household(household_of({resident(0, 0, "妻")})), HasSubstr("0 heads"));
  EXPECT_THAT(why_no_household(household_of({resident(0, 0), resident(1, 0)})), HasSubstr("2 heads"));
  EXPECT_THAT(why_no_household(household_of({resident(0, 0), resident(0, 0, "子")})), HasSubstr("twice"));
  auto named = household_of({resident(0, 0)});
  named.set_head("佐藤　健一");
  EXPECT_THAT(why_no_household(named), StartsWith("世帯主"));
}

TEST(Household, EachMembersColumnsAreThoseOfTheFiles) {
  auto household = household_of({resident(0, 0), resident(1, 0, "長男")});
  EXPECT_EQ(why_no_household(household), "member 2: 続柄: is no 続柄 of the closed set");
  household = household_of({resident(0, 0)});
  household.mutable_members(0)->set_sex(static_cast<v1::Sex>(7));
  EXPECT_THAT(why_no_household(household), StartsWith("member 1: 性別: must be male, female or empty"));
  household.mutable_members(0)->set_sex(v1::SEX_UNSPECIFIED);
  EXPECT_EQ(why_no_household(household), "");
  household.mutable_members(0)->set_name("一行目\n二行目");
  EXPECT_THAT(why_no_household(household), StartsWith("member 1: 氏名"));
  EXPECT_THAT(why_no_household(household), testing::Not(HasSubstr("一行目"))) << "nothing of the record is told";
}

TEST(SealImage, IsMoreThan8AndAtMost25Millimetres) {
  EXPECT_EQ(why_no_seal_image(view_of(seal_image(189))), "");
  EXPECT_EQ(why_no_seal_image(view_of(seal_image(591))), "");
  EXPECT_THAT(why_no_seal_image(view_of(seal_image(188))), HasSubstr("8 mm"));
  EXPECT_THAT(why_no_seal_image(view_of(seal_image(592))), HasSubstr("25 mm"));
}

TEST(SealImage, IsAWholeImageOfSomething) {
  const auto good = seal_image(200);
  const std::string head = "P4\n200 200\n";
  const std::pair<std::string, const char*> broken[] = {
      {"", "is no raw PBM image (P4)"},
      {"P5" + good.substr(2), "is no raw PBM image (P4)"},
      {"P4", "has no width and height"},
      {"P4\n200", "has no width and height"},
      {"P4\n200 200", "has no width and height"},
      {"P4\n99999999999 200\n", "has no width and height"},
      {good.substr(0, good.size() - 1), "has not as many bytes as its size says"},
      {good + "x", "has not as many bytes as its size says"},
      {head + std::string(25 * 200, '\0'), "is wholly white or wholly black"},
      {head + std::string(25 * 200, '\xff'), "is wholly white or wholly black"},
      {std::string(64 * 1024 + 1, 'P'), "is too large"},
  };
  for (const auto& [image, why] : broken) EXPECT_EQ(why_no_seal_image(view_of(image)), why);
}

TEST(Seal, NeedsAnImageUntilItIsCancelled) {
  EXPECT_EQ(why_no_seal(seal()), "");
  auto without = seal();
  without.clear_image();
  EXPECT_THAT(why_no_seal(without), StartsWith("印影"));
  without.set_state(v1::SEAL_STATE_CANCELLED);
  EXPECT_EQ(why_no_seal(without), "");
}

TEST(FamilyRegister, HoldsTheClosedVocabularyOnly) {
  EXPECT_EQ(why_no_family_register(family_register("K1")), "");
  auto record = family_register("K1");
  record.mutable_matters(0)->set_label("出生");
  EXPECT_THAT(why_no_family_register(record), HasSubstr("戸籍事項")) << "身分事項 among 戸籍事項";
  record = family_register("K1");
  record.mutable_persons(1)->mutable_entries(0)->mutable_items(0)->set_index("婚姻日");
  EXPECT_THAT(why_no_family_register(record), StartsWith("person 2: entry 1: "));
  record = family_register("K1");
  record.mutable_persons(0)->set_relation("子");
  EXPECT_THAT(why_no_family_register(record), StartsWith("person 1: 続柄")) << "the 住民票's word";
  record = family_register("K1");
  record.mutable_persons(1)->set_number(record.persons(0).number());
  EXPECT_THAT(why_no_family_register(record), HasSubstr("twice"));
}

TEST(FamilyRegister, GoesOneLevelDeepUnder従前の記録Only) {
  auto record = family_register("K1");
  auto* moved = record.add_matters();
  moved->set_label("転籍");
  auto* day = moved->add_items();
  day->set_index("転籍日");
  day->set_text("平成２５年３月６日");
  auto* before = moved->add_items();
  before->set_index("従前の記録");
  auto* old = before->add_under();
  old->set_index("本籍");
  old->set_text("東京都千代田区平河町一丁目４番地");
  EXPECT_EQ(why_no_family_register(record), "");
  *day->add_under() = *old;
  EXPECT_NE(why_no_family_register(record), "") << "under another item";
  day->clear_under();
  *old->add_under() = *old;
  EXPECT_NE(why_no_family_register(record), "") << "two levels";
}

TEST(FamilyRegister, TheLabelsOfTheNationalFormAreThere) {
  for (const auto* label : {"戸籍編製",     "戸籍改製", "転籍",     "氏の変更", "出生", "認知", "養子縁組",
                            "養子離縁",     "婚姻",     "離婚",     "親権",     "入籍", "分籍", "死亡",
                            "配偶者の死亡", "失踪宣告", "名の変更", "帰化",     "訂正", "更正"}) {
    EXPECT_EQ(why_no_entry_label(label), "") << label;
  }
  EXPECT_NE(why_no_entry_label("引越"), "");
}

TEST(FamilyRegister, RelationsAreThoseOfA戸籍) {
  for (const auto* text : {"", "長男", "二女", "十男", "十一女", "男", "養子", "養女"})
    EXPECT_EQ(why_no_register_relation(text), "") << text;
  for (const auto* text : {"子", "一男", "長", "長長男", "孫", "妻"})
    EXPECT_NE(why_no_register_relation(text), "") << text;
}

TEST(Supplement, ShowsWhereEverybodyHasLived) {
  auto record = supplement(family_register("K1"));
  EXPECT_EQ(why_no_supplement(record), "");
  record.mutable_persons(1)->clear_addresses();
  EXPECT_THAT(why_no_supplement(record), StartsWith("person 2: 住所"));
}

TEST(TaxRecord, EachItemHasItsYears) {
  auto record = tax_record(0, 2023);
  EXPECT_EQ(why_no_tax(record), "");
  auto* tax = record.add_taxes();
  tax->set_item("forest_environment_tax");
  tax->set_yen(1000);
  EXPECT_NE(why_no_tax(record), "") << "森林環境税 began with 令和6年度";
  record.set_fiscal_year(2024);
  EXPECT_EQ(why_no_tax(record), "");
  tax->set_item("special_fixed_reduction");
  EXPECT_EQ(why_no_tax(record), "");
  record.set_fiscal_year(2026);
  EXPECT_NE(why_no_tax(record), "") << "定額減税 was for two years";
  record.clear_taxes();
  auto* relative = record.add_deductions();
  relative->set_item("special_relative");
  EXPECT_EQ(why_no_tax(record), "") << "特定親族特別控除 since 令和8年度";
  record.set_fiscal_year(2025);
  EXPECT_NE(why_no_tax(record), "");
}

TEST(TaxRecord, WhoHasNotDeclaredHasNoAmounts) {
  auto record = tax_record(0);
  record.set_standing(v1::TAX_STANDING_NOT_DECLARED);
  EXPECT_NE(why_no_tax(record), "");
  record.clear_incomes();
  record.set_total_income(0);
  record.set_annual_tax(0);
  EXPECT_EQ(why_no_tax(record), "");
}

TEST(TaxRecord, AnItemStandsOnce) {
  auto record = tax_record(0);
  *record.add_incomes() = record.incomes(0);
  EXPECT_NE(why_no_tax(record), "");
}

}  // namespace
}  // namespace mado::registry
