// The example cities of cities/ offer exactly what the source documents list, under the sources' own titles.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "application/rule_text.hpp"
#include "application/rules_file.hpp"

namespace mado::application {
namespace {

using Offered = std::vector<std::pair<std::string_view, std::string>>;  // name and title, in the menu's order
const std::map<std::string, Offered> table{
    {"chiba",
     {{"residence_certificate", "住民票の写し"},
      {"seal_certificate", "印鑑登録証明書"},
      {"family_register_whole", "戸籍全部事項証明書"},
      {"family_register_persons", "戸籍個人事項証明書"},
      {"income_and_taxation", "市・県民税所得証明(現年分)"}}},
    {"matsusaka",
     {{"residence_certificate", "住民票の写し"},
      {"residence_items", "住民票記載事項証明書"},
      {"seal_certificate", "印鑑登録証明書"},
      {"family_register_whole", "戸籍全部事項証明書"},
      {"family_register_persons", "戸籍個人事項証明書"},
      {"family_register_supplement", "戸籍の附票の写し"},
      {"income_and_taxation", "所得課税証明書（最新年度）"},
      {"taxation", "課税証明書（最新年度）"},
      {"no_taxation", "非課税証明書（最新年度）"}}},
    {"nishitokyo",
     {{"residence_certificate", "住民票の写し"},
      {"seal_certificate", "印鑑登録証明書"},
      {"family_register_whole", "戸籍全部事項証明書"},
      {"family_register_persons", "戸籍個人事項証明書"},
      {"family_register_supplement", "戸籍の附票"},
      {"taxation", "課税証明書"},
      {"no_taxation", "非課税証明書"}}},
    {"suita", {{"taxation", "課税証明書"}, {"no_taxation", "非課税証明書"}, {"residence_certificate", "住民票の写し"}}},
    {"chiyoda",
     {{"residence_certificate", "住民票の写し"},
      {"residence_items", "住民票記載事項証明書"},
      {"seal_certificate", "印鑑登録証明書"},
      {"family_register_whole", "戸籍全部事項証明書"},
      {"family_register_persons", "戸籍個人事項証明書"},
      {"family_register_supplement", "戸籍の附票の写し"},
      {"income", "所得証明書"},
      {"taxation", "課税証明書"},
      {"no_taxation", "非課税証明書"},
      {"income_and_taxation", "所得課税証明書"}}},
};

const std::filesystem::path folder = std::filesystem::path(MADOGUCHI_SOURCE_DIR) / "cities";

OfferRules rules_of(const std::string& city) {
  std::stringstream content;
  content << std::ifstream(folder / (city + ".toml"), std::ios::binary).rdbuf();
  return read_rules(content.str(), city + ".toml").value();
}

TEST(ExampleCities, OfferExactlyTheirKindsUnderTheirTitles) {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    files += entry.path().extension() == ".toml" ? 1 : 0;
  EXPECT_EQ(files, table.size());
  for (const auto& [city, expected] : table) {
    Offered offered;
    for (const auto& kind : rules_of(city).kinds) offered.emplace_back(name_of(kind.kind), kind.title_ja);
    EXPECT_EQ(offered, expected) << city;
  }
}

TEST(ExampleCities, HaveCodesOfTheirOwn) {
  EXPECT_EQ(rules_of("chiba").city, "121002");
  EXPECT_EQ(rules_of("matsusaka").city, "242047");
  EXPECT_EQ(rules_of("nishitokyo").city, "132292");
  EXPECT_EQ(rules_of("suita").city, "272051");
  EXPECT_EQ(rules_of("chiyoda").city, "131016");
}

TEST(ExampleCities, BeginWhenTheSourcesSay) {
  EXPECT_EQ(moment_text(rules_of("chiba").effective), "2017-01-01T00:00:00") << "平成29年1月から";
  EXPECT_EQ(moment_text(rules_of("matsusaka").effective), "2018-02-01T00:00:00") << "平成30年2月1日";
  EXPECT_EQ(moment_text(rules_of("nishitokyo").effective), "2016-12-01T00:00:00") << "平成28年12月から";
}

struct ChibaMoment {
  std::string moment;
  bool store, store_family_register, machine, machine_family_register;
};
void PrintTo(const ChibaMoment& moment, std::ostream* out) { *out << moment.moment; }

class Chiba : public ::testing::TestWithParam<ChibaMoment> {};

TEST_P(Chiba, HasTheHoursOfItsCouncilPaper) {
  const auto rules = rules_of("chiba");
  const auto now = parse_moment(GetParam().moment).value();
  const auto open = [&](v1::Kind kind, Channel channel) {
    return rules.check_family(rules.find(kind)->family, channel, now).has_value();
  };
  for (const auto kind : {v1::KIND_RESIDENCE_CERTIFICATE, v1::KIND_SEAL_CERTIFICATE, v1::KIND_INCOME_AND_TAXATION}) {
    EXPECT_EQ(open(kind, Channel::store), GetParam().store) << name_of(kind);
    EXPECT_EQ(open(kind, Channel::issuing_machine), GetParam().machine) << name_of(kind);
  }
  for (const auto kind : {v1::KIND_FAMILY_REGISTER_WHOLE, v1::KIND_FAMILY_REGISTER_PERSONS}) {
    EXPECT_EQ(open(kind, Channel::store), GetParam().store_family_register) << name_of(kind);
    EXPECT_EQ(open(kind, Channel::issuing_machine), GetParam().machine_family_register) << name_of(kind);
  }
}
INSTANTIATE_TEST_SUITE_P(Moments, Chiba,
                         ::testing::Values(ChibaMoment{"2026-11-20T06:29", false, false, false, false},
                                           ChibaMoment{"2026-11-20T06:30", true, false, false, false},
                                           ChibaMoment{"2026-11-20T08:30", true, false, true, false},
                                           ChibaMoment{"2026-11-20T09:00", true, true, true, true},
                                           ChibaMoment{"2026-11-20T17:00", true, false, true, false},
                                           ChibaMoment{"2026-11-20T17:30", true, false, false, false},
                                           ChibaMoment{"2026-11-20T23:00", false, false, false, false},
                                           ChibaMoment{"2026-11-21T10:00", true, false, false, false},
                                           ChibaMoment{"2026-11-23T10:00", true, false, false, false},
                                           ChibaMoment{"2026-12-13T10:00", true, false, true, false},
                                           ChibaMoment{"2026-12-13T12:30", true, false, false, false},
                                           ChibaMoment{"2026-12-29T10:00", false, false, false, false},
                                           ChibaMoment{"2027-01-04T10:00", true, true, true, true}));

}  // namespace
}  // namespace mado::application
