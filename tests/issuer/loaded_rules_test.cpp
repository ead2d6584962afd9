// The issuer's view of the rules that staff load: a new edition without a restart, a broken one not at all.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "issuer/edge/loaded_rules.hpp"
#include "tests/trust/temporary_directory.hpp"

namespace mado::issuer {
namespace {

struct LoadedRulesTest : ::testing::Test {
  const trust::TemporaryDirectory directory;
  const Instant now{1'800'000'000'000};
  std::string chiba;

  void SetUp() override {
    std::stringstream content;
    content << std::ifstream(std::string(MADOGUCHI_SOURCE_DIR) + "/cities/chiba.toml", std::ios::binary).rdbuf();
    chiba = content.str();
  }
  std::unique_ptr<ledger::RuleEditions> open() { return ledger::open_rule_editions(directory / "ledger").value(); }
  void load(std::string text, Instant effective) {
    ASSERT_TRUE(open()->append({0, effective, now, "x", std::move(text)}));
  }
  std::string with_fee(const std::string& fee) {
    auto text = chiba;
    return text.replace(text.find("fee = 200"), 9, "fee = " + fee);
  }
};

TEST_F(LoadedRulesTest, ArePutInForceByTheLedgersMomentAndVersion) {
  load(chiba, now);
  const auto rules = make_loaded_rules(open());
  const auto book = rules->book().value();
  EXPECT_EQ(book->at(now)->version, 1U);
  EXPECT_EQ(book->at(now)->effective, now);
  EXPECT_EQ(book->at(now + -std::chrono::milliseconds{1}), nullptr);
}

TEST_F(LoadedRulesTest, HaveANewEditionWithTheNextCall) {
  load(chiba, now);
  const auto rules = make_loaded_rules(open());
  const auto before = rules->book().value();
  EXPECT_EQ(rules->book().value(), before) << "nothing is read again while nothing was loaded";
  load(with_fee("10"), now + std::chrono::hours{1});
  const auto after = rules->book().value();
  EXPECT_EQ(after->at(now)->kinds[0].fee, 200U);
  EXPECT_EQ(after->at(now + std::chrono::hours{1})->kinds[0].fee, 10U);
  EXPECT_EQ(before->of(2), nullptr) << "who is in the middle of a call keeps what it has";
}

TEST_F(LoadedRulesTest, RefuseAnEditionThatTheyCannotReadByItsVersion) {
  load(chiba, now);
  const auto rules = make_loaded_rules(open());
  load("city = 1", now);  // not by load-rules, which checks
  const auto refused = rules->book();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, Reason::configuration_invalid);
  EXPECT_TRUE(refused.error().cause.starts_with("rules of version 2:1: city: must be a text")) << refused.error().cause;
}

}  // namespace
}  // namespace mado::issuer
