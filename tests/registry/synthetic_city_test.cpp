// What a synthetic city's registers say of one another, over seeds; and that each case that the issuer must know
// occurs in a city of 10,000.
#include "synthetic_city.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "registry/core/record_check.hpp"
#include "registry/core/synthesis_dates.hpp"

namespace mado::registry {
namespace {

std::string joined(std::string name) {
  constexpr std::string_view space = "　";
  if (const auto at = name.find(space); at != std::string::npos) name.erase(at, space.size());
  return name;
}
std::string surname_of(const std::string& name) { return name.substr(0, name.find("　")); }

void expect_register_fits(const WholeCity& city, const v1::FamilyRegister& record) {
  ASSERT_EQ(why_no_family_register(record), "") << record.number();
  const auto& head = record.persons(0);
  EXPECT_EQ(joined(record.head()), surname_of(record.head()) + head.given_name());
  std::set<std::string> couple;
  for (const auto& person : record.persons()) {
    if (person.given_name() == head.given_name() || !person.spouse().empty())
      couple.insert(surname_of(record.head()) + person.given_name());
    if (person.resident().empty()) continue;
    const auto& resident = city.residents.at(person.resident()).resident;
    EXPECT_EQ(resident.name(), surname_of(record.head()) + "　" + person.given_name());
    EXPECT_EQ(resident.family_register(), record.domicile());
    EXPECT_EQ(resident.register_head(), record.head());
    EXPECT_EQ(resident.born().day(), person.born().day());
    EXPECT_EQ(resident.born().written(), person.born().written());
  }
}

// Whoever stands with the couple as their child names one of them as a parent.
void expect_children_have_parents(const v1::FamilyRegister& record) {
  std::set<std::string> names;
  for (const auto& person : record.persons()) names.insert(surname_of(record.head()) + person.given_name());
  for (int i = 1; i < record.persons_size(); ++i) {
    const auto& person = record.persons(i);
    const bool is_spouse = std::ranges::any_of(person.entries(), [](const auto& entry) {
      return entry.label() == "婚姻" &&
             std::ranges::none_of(entry.items(), [](const auto& item) { return item.index() == "新本籍"; });
    });
    if (is_spouse) continue;
    EXPECT_TRUE(names.contains(person.father()) || names.contains(person.mother()) ||
                names.contains(person.adoptive_father()))
        << record.number() << ": " << i;
  }
}

void expect_supplement_fits(const WholeCity& city, const v1::FamilyRegister& of) {
  if (of.closed()) return;
  ASSERT_TRUE(city.supplements.contains(of.number()));
  const auto& record = *city.supplements.at(of.number());
  ASSERT_EQ(why_no_supplement(record), "") << record.number();
  ASSERT_EQ(record.persons_size(), of.persons_size());
  for (int i = 0; i < record.persons_size(); ++i) {
    const auto& person = record.persons(i);
    EXPECT_EQ(person.number(), of.persons(i).number());
    EXPECT_EQ(person.resident(), of.persons(i).resident());
    if (person.resident().empty()) continue;
    const auto& row = city.residents.at(person.resident());
    EXPECT_EQ(person.addresses().rbegin()->address(), row.address);
    EXPECT_EQ(person.name(), row.resident.name());
  }
}

void expect_residents_fit(const WholeCity& city, const SyntheticCity& of) {
  for (const auto& [number, row] : city.residents) {
    const auto& resident = row.resident;
    EXPECT_TRUE(city.addressees.contains(number));
    EXPECT_EQ(city.addressees.at(number).name(), resident.name());
    EXPECT_EQ(city.addressees.at(number).individual_number(), resident.individual_number());
    const bool here = resident.family_register().starts_with(of.prefecture + of.municipality);
    if (resident.state() != v1::RESIDENT_STATE_CURRENT) continue;
    EXPECT_EQ(here, city.stands_in.contains(number));
  }
}

void expect_parts_fit(const WholeCity& city, const SyntheticCity& of) {
  for (const auto& [number, seal] : city.seals) {
    const auto& resident = city.residents.at(number).resident;
    EXPECT_EQ(resident.state(), v1::RESIDENT_STATE_CURRENT);
    EXPECT_LE(resident.born().day(), iso_text(years_after(of.today, -15)));
  }
  for (const auto& [key, record] : city.tax_records) {
    EXPECT_EQ(why_no_tax(record), "");
    ASSERT_TRUE(city.addressees.contains(key.first)) << "every taxpayer stands in 宛名";
    EXPECT_EQ(city.residents.at(key.first).resident.name(), record.name());
  }
  for (const auto& part : city.parts) {
    for (const auto& declaration : part.declarations) {
      EXPECT_EQ(why_no_declaration(declaration), "");
      EXPECT_NE(city.tax_record(declaration.resident(), declaration.fiscal_year()), nullptr);
    }
    for (const auto& addressee : part.addressees) EXPECT_EQ(why_no_addressee(addressee), "");
    for (const auto& card : part.cards) EXPECT_EQ(why_no_card(card), "");
  }
}

RC_GTEST_PROP(SyntheticCity, SaysTheSameOfEverybodyInAllRegisters, ()) {
  const auto of = city_of(600, *rc::gen::inRange<std::uint64_t>(0, 1'000'000));
  const auto city = whole_city(of);
  expect_residents_fit(city, of);
  expect_parts_fit(city, of);
  for (const auto& part : city.parts) {
    for (const auto& record : part.family_registers) {
      expect_register_fits(city, record);
      expect_children_have_parents(record);
      expect_supplement_fits(city, record);
    }
  }
  RC_ASSERT(!testing::Test::HasFailure());
}

// The words by which a case is known, counted over the city.
class Cases {
 public:
  explicit Cases(const WholeCity& city) : city_(city) {
    for (const auto& [number, row] : city.residents) look(row);
    for (const auto& [number, seal] : city.seals) look(seal);
    for (const auto& [key, record] : city.tax_records) look(record);
    for (const auto& part : city.parts) look(part);
  }
  int operator[](const std::string& what) const {
    const auto found = seen_.find(what);
    return found == seen_.end() ? 0 : found->second;
  }

 private:
  void see(const std::string& what, bool is_so = true) { seen_[what] += is_so ? 1 : 0; }

  void look(const ResidentRow& row) {
    const auto& resident = row.resident;
    see(v1::ResidentState_Name(resident.state()));
    see("旧氏", !resident.former_surname().empty());
    see("転出予定", resident.has_leaving());
    see("転居", resident.has_moved_within());
    see("selector", resident.name().find("\xf3\xa0\x84") != std::string::npos);
    see("long name", resident.name().size() > 40);
    see("long address", row.address.size() > 180);
    see("no sex", resident.sex() == v1::SEX_UNSPECIFIED);
    see("leap day", resident.born().day().ends_with("-02-29"));
    see("leap day of a common year", resident.born().written().ends_with("2月29日"));
    for (const auto& change : resident.changes()) see(change.reason());
    for (const auto cause : resident.suppressions()) see(v1::Suppression_Name(static_cast<v1::Suppression>(cause)));
    for (const auto* date : {"明治45年7月30日", "大正15年12月25日", "昭和元年12月25日"})
      see(date, resident.born().written() == date);
    if (!resident.born().written().empty() && resident.born().written().find("12月25日") == std::string::npos)
      see(form_of(resident.born()));
    if (!resident.has_foreign()) return;
    const auto& foreign = resident.foreign();
    see(v1::ResidenceCategory_Name(foreign.category()));
    see("漢字", !foreign.name_kanji().empty());
    see("通称", !foreign.alias().empty());
    see("通称の削除", std::ranges::any_of(foreign.aliases(), [](const auto& each) { return each.has_deleted(); }));
  }
  // A written date without its digits.
  static std::string form_of(const v1::WrittenDate& date) {
    std::string form;
    for (const char c : date.written()) {
      if (c < '0' || c > '9') form.push_back(c);
    }
    return form.find("元号") == std::string::npos ? "不詳 " + without_era(form) : form;
  }
  static std::string without_era(std::string form) {
    for (const auto* era : {"明治", "大正", "昭和", "平成", "令和"}) {
      if (const auto at = form.find(era); at != std::string::npos) form.erase(at, 6);
    }
    if (const auto at = form.find("元年"); at != std::string::npos) form.erase(at, 3);
    return form;
  }

  void look(const SyntheticSeal& seal) {
    see(v1::SealState_Name(seal.record.state()));
    see("seal " + std::to_string(static_cast<int>(seal.design.shape)));
    see("kana of a seal", !seal.record.kana_name().empty());
  }
  void look(const v1::TaxRecord& record) {
    see(v1::TaxStanding_Name(record.standing()) + " " + std::to_string(record.fiscal_year()));
    see("非課税", record.standing() == v1::TAX_STANDING_ASSESSED && record.annual_tax() == 0);
    see("分離課税", record.bases_size() > 1);
  }
  void look(const CityPart& part) {
    see("住登外", !part.addressees.empty() && part.residents.size() < part.addressees.size());
    see("only 本籍 here", part.residents.empty() && !part.family_registers.empty());
    see("suppression beside the records", !part.suppressions.empty());
    see("declaration", !part.declarations.empty());
    for (const auto& card : part.cards) see(card.family_register_only ? "利用登録" : "card");
    for (const auto& record : part.family_registers) look(record);
    for (const auto& record : part.supplements) {
      for (const auto& person : record.persons()) see("国外転出者", person.has_leaves_japan());
    }
  }
  void look(const v1::FamilyRegister& record) {
    see("closed", record.closed());
    see("届出処理中", record.notice_pending());
    for (const auto& matter : record.matters()) see("戸籍事項 " + matter.label());
    for (const auto& person : record.persons()) {
      see("suppressed in 戸籍", person.suppressions_size() > 0);
      for (const auto& entry : person.entries()) {
        see("身分事項 " + entry.label());
        for (const auto& item : entry.items()) see("項目 " + item.index());
      }
    }
  }

  const WholeCity& city_;
  std::map<std::string, int> seen_;
};

constexpr const char* every_case[]{"RESIDENT_STATE_MOVED",
                                   "RESIDENT_STATE_DEAD",
                                   "RESIDENT_STATE_REMOVED",
                                   "旧氏",
                                   "転出予定",
                                   "転居",
                                   "selector",
                                   "long name",
                                   "long address",
                                   "no sex",
                                   "leap day",
                                   "leap day of a common year",
                                   "氏名変更",
                                   "特別養子縁組",
                                   "SUPPRESSION_PROTECTED",
                                   "SUPPRESSION_PROTECTED_PENDING",
                                   "SUPPRESSION_BLOCKED",
                                   "SUPPRESSION_NOTICE_PENDING",
                                   "SUPPRESSION_MOVING_OUT",
                                   "SUPPRESSION_PROVISIONAL",
                                   "明治45年7月30日",
                                   "大正15年12月25日",
                                   "昭和元年12月25日",
                                   "RESIDENCE_CATEGORY_MID_TO_LONG_TERM",
                                   "RESIDENCE_CATEGORY_SPECIAL_PERMANENT",
                                   "RESIDENCE_CATEGORY_TEMPORARY_REFUGE",
                                   "RESIDENCE_CATEGORY_PROVISIONAL_STAY",
                                   "RESIDENCE_CATEGORY_BIRTH",
                                   "RESIDENCE_CATEGORY_LOSS_OF_NATIONALITY",
                                   "漢字",
                                   "通称",
                                   "通称の削除",
                                   "SEAL_STATE_REGISTERED",
                                   "SEAL_STATE_CANCELLED",
                                   "seal 0",
                                   "seal 1",
                                   "seal 2",
                                   "kana of a seal",
                                   "TAX_STANDING_ASSESSED 2025",
                                   "TAX_STANDING_ASSESSED 2024",
                                   "TAX_STANDING_DEPENDANT 2025",
                                   "TAX_STANDING_NOT_DECLARED 2025",
                                   "非課税",
                                   "分離課税",
                                   "住登外",
                                   "only 本籍 here",
                                   "suppression beside the records",
                                   "declaration",
                                   "card",
                                   "利用登録",
                                   "国外転出者",
                                   "closed",
                                   "届出処理中",
                                   "suppressed in 戸籍",
                                   "戸籍事項 戸籍編製",
                                   "戸籍事項 戸籍改製",
                                   "戸籍事項 転籍",
                                   "戸籍事項 氏の変更",
                                   "戸籍事項 戸籍消除",
                                   "戸籍事項 氏の振り仮名",
                                   "身分事項 出生",
                                   "身分事項 婚姻",
                                   "身分事項 離婚",
                                   "身分事項 親権",
                                   "身分事項 養子縁組",
                                   "身分事項 民法８１７条の２",
                                   "身分事項 認知",
                                   "身分事項 入籍",
                                   "身分事項 分籍",
                                   "身分事項 死亡",
                                   "身分事項 配偶者の死亡",
                                   "身分事項 失踪宣告",
                                   "身分事項 名の変更",
                                   "身分事項 帰化",
                                   "身分事項 訂正",
                                   "身分事項 名の振り仮名",
                                   "項目 配偶者の国籍",
                                   "項目 従前の記録"};

class CityOfTenThousand : public testing::TestWithParam<std::uint64_t> {};

TEST_P(CityOfTenThousand, HoldsEveryCase) {
  const auto city = whole_city(city_of(10'000, GetParam()));
  const Cases cases(city);
  for (const auto* what : every_case) EXPECT_GT(cases[what], 0) << what;
  for (std::size_t form = 0; form < forms_of_unknown_days; ++form) {
    const auto seen = std::ranges::any_of(city.residents, [&](const auto& each) {
      const auto& born = each.second.resident.born();
      if (born.written().empty()) return false;
      const auto day = parse_day(born.day());
      return unknown_day(form, day.value_or(*parse_day("1940-03-04"))).written() == born.written();
    });
    EXPECT_TRUE(seen) << "不詳 " << form;
  }
}

INSTANTIATE_TEST_SUITE_P(OfSeeds, CityOfTenThousand, testing::Values(1, 2, 3, 20260401));

TEST(SyntheticCity, LeavesMostPeopleWithA本籍Elsewhere) {
  const auto city = whole_city(city_of(10'000));
  EXPECT_LT(city.stands_in.size(), city.residents.size() / 2);
  EXPECT_GT(city.stands_in.size(), city.residents.size() / 5);
}

TEST(SyntheticCity, StopsOneMemberOfAHouseholdAndSoTheWholeOne) {
  int alone = 0;
  for (const auto& part : whole_city(city_of(10'000)).parts) {
    const auto stopped = std::ranges::count_if(
        part.residents, [](const ResidentRow& row) { return row.resident.suppressions_size() > 0; });
    EXPECT_LE(stopped, 1);
    alone += stopped == 1 && part.residents.size() > 1 ? 1 : 0;
  }
  EXPECT_GT(alone, 5);
}

}  // namespace
}  // namespace mado::registry
