// A ledger that was restored from an old backup (lesson 高松, chain rule 5): what it cannot know any more must do no
// harm. Both cases were found by the simulator.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "ledger/issuance_ledger.hpp"
#include "store/database.hpp"
#include "tests/ledger/sample.hpp"
#include "tests/trust/temporary_directory.hpp"

namespace mado::ledger {
namespace {

IssuanceIntent intent_of(std::uint8_t number) {
  return {id_of(number), digest_of(number), 1, digest_of(number), "131016", "K1", "residence", 3, 5};
}

struct ARestoredLedger : ::testing::Test {
  const trust::TemporaryDirectory directory;
  const std::filesystem::path file = directory / "ledger";
  const std::filesystem::path backup = directory / "backup";
  const Instant now{1'800'000'000'000};

  std::unique_ptr<IssuanceLedger> open() { return open_issuance_ledger(file, id_of(99)).value(); }
  std::uint64_t begin(std::uint8_t number) { return open()->begin(intent_of(number), now).value(); }
  void restore(std::uint8_t epoch) {
    std::filesystem::copy_file(backup, file, std::filesystem::copy_options::overwrite_existing);
    ASSERT_TRUE(renew_epoch(file, id_of(epoch)));
  }
  void SetUp() override {
    EXPECT_EQ(begin(1), 1U);
    std::filesystem::copy_file(file, backup);
  }
};

TEST_F(ARestoredLedger, GivesNoNumberAgain) {
  EXPECT_EQ(begin(2), 4U);
  restore(7);
  const auto after_first = begin(3);
  EXPECT_GE(after_first, 1'000'004U);
  restore(8);  // the same backup once more
  const auto after_second = begin(4);
  EXPECT_TRUE(after_second + 3 <= after_first || after_second >= after_first + 3);
  EXPECT_EQ(begin(5), after_second + 3);
}

// The same backup, from before any leap, restored a thousand times: no two restores begin with the same number.
TEST(NumberLeap, IsAnotherForEachEpoch) {
  std::set<std::uint64_t> leaps;
  Id epoch;
  for (unsigned i = 0; i < 1000; ++i) {
    epoch.bits[2] = static_cast<std::uint8_t>(i >> 8);
    epoch.bits[3] = static_cast<std::uint8_t>(i);
    EXPECT_GE(number_leap(epoch), 1'000'000U);
    leaps.insert(number_leap(epoch));
  }
  EXPECT_EQ(leaps.size(), 1000U);
}

TEST_F(ARestoredLedger, IsRefusedAnotherEpochWhenItsNumbersAreUsedUp) {
  {
    auto database = store::Database::open("test"_point, file, "").value();
    ASSERT_TRUE(
        database->write("test"_point, "INSERT INTO numbering (only, least) VALUES (1, ?)", {std::int64_t{1} << 62}));
  }
  EXPECT_EQ(renew_epoch(file, id_of(7)).error().reason, Reason::storage_failed);
  EXPECT_EQ(begin(2), std::uint64_t{1} << 62) << "what it has still counts on";
}

TEST_F(ARestoredLedger, TakesTheReceiptOfWhatWasLost) {
  begin(2);
  restore(7);
  const auto ledger = open();
  EXPECT_TRUE(ledger->settle(id_of(2), digest_of(2), "K1", "ENDING_HANDED_OVER", now));
  EXPECT_TRUE(ledger->settle(id_of(2), digest_of(2), "K1", "ENDING_HANDED_OVER", now)) << "repeated";
  EXPECT_EQ(ledger->settle(id_of(2), digest_of(3), "K1", "", now).error().reason, Reason::certificate_not_ours);
  EXPECT_EQ(ledger->settle(id_of(2), digest_of(2), "K2", "", now).error().reason, Reason::certificate_not_ours);
  EXPECT_EQ(ledger->begin(intent_of(2), now).error().reason, Reason::opening_replayed) << "its id is used up";
}

TEST_F(ARestoredLedger, ListsWhatKiosksSaidOfWhatWasLost) {
  begin(2);
  restore(7);
  EXPECT_TRUE(open()->lost_issuances().value().empty());
  ASSERT_TRUE(open()->settle(id_of(2), digest_of(2), "K1", "ENDING_UNKNOWN", now));
  const auto lost = open()->lost_issuances().value();
  ASSERT_EQ(lost.size(), 1U);
  EXPECT_EQ(lost.front().issuance, id_of(2));
  EXPECT_EQ(lost.front().kiosk + " " + lost.front().outcome, "K1 ENDING_UNKNOWN");
  EXPECT_EQ(lost.front().settled, now);
}

TEST_F(ARestoredLedger, HasAnotherEpoch) {
  restore(7);
  EXPECT_EQ(open()->epoch().value(), id_of(7));
}

}  // namespace
}  // namespace mado::ledger
