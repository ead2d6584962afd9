// Editions of a city's rules in the issuer's ledger: numbered by loading, never changed, never in force before every
// node has seen them.
#include <gtest/gtest.h>

#include "ledger/rule_editions.hpp"
#include "store/database.hpp"
#include "tests/trust/temporary_directory.hpp"

namespace mado::ledger {
namespace {

struct Editions : ::testing::Test {
  const trust::TemporaryDirectory directory;
  const Instant now{1'800'000'000'000};

  std::unique_ptr<RuleEditions> open() { return open_rule_editions(directory / "ledger").value(); }
  RuleEdition load(Instant effective, const std::string& text = "text") {
    return open()->append({0, effective, now, "見本　担当", text}).value();
  }
};

TEST_F(Editions, AreNumberedInTheOrderOfLoading) {
  EXPECT_EQ(open()->newest().value(), 0U);
  EXPECT_EQ(load(now).version, 1U);
  EXPECT_EQ(load(now).version, 2U);
  EXPECT_EQ(open()->newest().value(), 2U);
}

TEST_F(Editions, SayWhoLoadedThemAndWhen) {
  load(now + std::chrono::hours{1}, "city = \"131016\"\n");
  const auto edition = open()->read(1).value();
  EXPECT_EQ(edition.text, "city = \"131016\"\n");
  EXPECT_EQ(edition.loaded_by, "見本　担当");
  EXPECT_EQ(edition.loaded, now);
  EXPECT_EQ(edition.effective, now + std::chrono::hours{1});
  EXPECT_EQ(open()->read(2).error().reason, Reason::storage_failed);
}

TEST_F(Editions, TakeEffectASecondAfterLoadingAtTheEarliestButTheFirstAtOnce) {
  EXPECT_EQ(load(now + -std::chrono::hours{1}).effective, now + -std::chrono::hours{1}) << "nobody served before it";
  EXPECT_EQ(load(now + -std::chrono::hours{1}).effective, now + std::chrono::seconds{1});
  EXPECT_EQ(load(now + std::chrono::milliseconds{999}).effective, now + std::chrono::seconds{1});
  EXPECT_EQ(load(now + std::chrono::milliseconds{1001}).effective, now + std::chrono::milliseconds{1001});
}

TEST_F(Editions, AreSeenByWhoeverHasTheLedgerOpen) {
  const auto node = open();
  EXPECT_EQ(node->newest().value(), 0U);
  load(now);
  EXPECT_EQ(node->newest().value(), 1U);
}

TEST_F(Editions, AreAThousandAtMost) {
  const auto ledger = open();
  const auto database = store::Database::open("test_opened"_point, directory / "ledger", "").value();
  ASSERT_TRUE(database->write("test_written"_point, "INSERT INTO rule_edition VALUES (?, 0, 0, 'x', '')",
                              {static_cast<std::int64_t>(most_rule_editions - 1)}));
  EXPECT_EQ(load(now).version, most_rule_editions);
  EXPECT_EQ(ledger->append({0, now, now, "x", ""}).error().reason, Reason::storage_failed);
  EXPECT_EQ(ledger->newest().value(), most_rule_editions);
}

}  // namespace
}  // namespace mado::ledger
