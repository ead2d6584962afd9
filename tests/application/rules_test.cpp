// What a city offers, read from its settings; hours and closed days by Japan's clock.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "application/prefecture.hpp"
#include "application/rules.hpp"

namespace mado::application {
namespace {

const std::string kind = R"(
[[rules.kind]]
name = "residence_certificate"
title_ja = "住民票の写し"
title_en = "Certificate of residence"
fee = 200
scopes = ["household", "self"]
options = ["family_register", "head_and_relation"]
)";

TEST(Prefecture, IsNamedByTheFirstTwoDigitsOfACitysCode) {
  EXPECT_EQ(prefecture_in_english("011002"), "Hokkaido");
  EXPECT_EQ(prefecture_in_english("131016"), "Tokyo");
  EXPECT_EQ(prefecture_in_english("472018"), "Okinawa");
  for (const auto* none : {"", "1", "001000", "481000", "ab1016", "99"}) EXPECT_EQ(prefecture_in_english(none), "");
}

struct Rules : ::testing::Test {
  std::filesystem::path file;

  void SetUp() override {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    file = std::filesystem::temp_directory_path() / (std::string("rules-") + test->name() + ".toml");
  }
  void TearDown() override { std::filesystem::remove(file); }

  Outcome<OfferRules> read(const std::string& head, const std::string& kinds = kind) {
    std::ofstream(file) << "[rules]\nversion = 3\ntelephone = \"03-0000-0000\"\n" << head << "\n" << kinds;
    MADO_TRY(settings, operation::Settings::load(file));
    auto rules = read_rules(settings);
    MADO_CHECK(settings.finish());
    return rules;
  }
};

Instant at(int month, unsigned day, int hour, int minute) {
  const Day date{std::chrono::year{2026}, std::chrono::month{static_cast<unsigned>(month)}, std::chrono::day{day}};
  return start_of_day_in_japan(date) + std::chrono::hours{hour} + std::chrono::minutes{minute};
}

TEST_F(Rules, AreReadInAscendingOrder) {
  const auto rules = read("").value();
  EXPECT_EQ(rules.version, 3U);
  EXPECT_EQ(rules.most_copies, 5U);
  const auto* found = rules.find(v1::KIND_RESIDENCE_CERTIFICATE);
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->fee, 200U);
  EXPECT_EQ(found->scopes, (std::vector{v1::SCOPE_SELF, v1::SCOPE_HOUSEHOLD}));
  EXPECT_EQ(found->options, (std::vector{v1::OPTION_HEAD_AND_RELATION, v1::OPTION_FAMILY_REGISTER}));
  EXPECT_EQ(rules.find(v1::KIND_UNSPECIFIED), nullptr);
}

TEST_F(Rules, OpenFromHalfPastSixToElevenUnlessTheSettingsSayOtherwise) {
  const auto rules = read("").value();
  EXPECT_EQ(rules.check_open(at(11, 20, 6, 29)).error().reason, Reason::outside_hours);
  EXPECT_TRUE(rules.check_open(at(11, 20, 6, 30)));
  EXPECT_TRUE(rules.check_open(at(11, 20, 22, 59)));
  EXPECT_EQ(rules.check_open(at(11, 20, 23, 0)).error().reason, Reason::outside_hours);
}

TEST_F(Rules, CloseFromTheTwentyNinthOfDecemberToTheThirdOfJanuary) {
  const auto rules = read("").value();
  EXPECT_TRUE(rules.check_open(at(12, 28, 12, 0)));
  for (const unsigned day : {29U, 30U, 31U}) EXPECT_FALSE(rules.check_open(at(12, day, 12, 0)));
  for (const unsigned day : {1U, 2U, 3U}) EXPECT_FALSE(rules.check_open(at(1, day, 12, 0)));
  EXPECT_TRUE(rules.check_open(at(1, 4, 12, 0)));
}

TEST_F(Rules, MayBeOpenTheWholeDay) {
  const auto rules = read("hours = \"00:00-24:00\"\nclosed_days = []").value();
  EXPECT_TRUE(rules.check_open(at(12, 31, 23, 59)));
  EXPECT_TRUE(rules.check_open(at(1, 1, 0, 0)));
}

TEST_F(Rules, RefuseHoursThatAreNone) {
  for (const auto* hours : {"23:00-06:30", "06:30-06:30", "6:30-23:00", "06:30–23:00", "06:60-23:00", "06:30-24:01",
                            "25:00-26:00", "6x:3y-2z:0w", ""}) {
    EXPECT_FALSE(read("hours = \"" + std::string(hours) + "\"")) << hours;
  }
}

TEST_F(Rules, RefuseClosedDaysThatNoYearHas) {
  EXPECT_TRUE(read("closed_days = [\"02-29\"]")) << "some years have it";
  for (const auto* day : {"13-45", "02-30", "2026-12-29", "1-1", ""}) {
    EXPECT_FALSE(read("closed_days = [\"" + std::string(day) + "\"]")) << day;
  }
}

TEST_F(Rules, HoldNoMoreThanAMenuMay) {
  const auto titled = [](std::size_t bytes) {
    auto changed = kind;
    const std::string from = "Certificate of residence";
    return changed.replace(changed.find(from), from.size(), std::string(bytes, 't'));
  };
  EXPECT_TRUE(read("", titled(120)));
  EXPECT_FALSE(read("", titled(121)));
}

TEST_F(Rules, ReadNoKeyThatOnlyLooksLikeAPath) { EXPECT_FALSE(read("\"most_copies\" = 5\n\"rules.most_copies\" = 9")); }

TEST_F(Rules, AreNotReadFromWhatIsNoToml) {
  for (const auto* text : {"[=]", "あ = 1", "a = [ あ ]", "\xff"}) {
    const auto refused = read(text);
    ASSERT_FALSE(refused) << text;
    EXPECT_EQ(refused.error().reason, Reason::configuration_invalid);
  }
}

TEST_F(Rules, RefuseWhatNobodyKnowsOrWhatStandsTwice) {
  EXPECT_FALSE(read("", "")) << "no kind";
  EXPECT_FALSE(read("", kind + kind)) << "one kind twice";
  const auto with = [&](const std::string& from, const std::string& to) {
    auto changed = kind;
    return changed.replace(changed.find(from), from.size(), to);
  };
  EXPECT_FALSE(read("", with("residence_certificate", "marriage")));
  EXPECT_FALSE(read("", with("\"self\"", "\"neighbour\"")));
  EXPECT_FALSE(read("", with("\"self\"", "\"household\"")));
  EXPECT_FALSE(read("", with("200", "10001"))) << "a fee beyond its bound";
  EXPECT_FALSE(read("most_copies = 11"));
  EXPECT_FALSE(read("most_copies = 0"));
}

TEST(KindNames, AreTheSameBothWays) {
  EXPECT_EQ(name_of(kind_of("residence_certificate")), "residence_certificate");
  EXPECT_EQ(kind_of("other"), v1::KIND_UNSPECIFIED);
  EXPECT_EQ(name_of(v1::KIND_UNSPECIFIED), "unspecified");
}

}  // namespace
}  // namespace mado::application
