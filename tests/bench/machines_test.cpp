// The machines without a body keep to their ports: what they count is what the kiosk's check before a session expects.
#include "bench/machines.hpp"

#include <gtest/gtest.h>

namespace mado::bench {
namespace {

TEST(CountingPrinter, CountsOnFromWhatTheJournalHolds) {
  CountingPrinter printer(40, nullptr);
  const auto printed = printer.print(Id{}, {}, 2, [](auto) {});
  ASSERT_TRUE(printed);
  EXPECT_EQ(printed->impressions_completed, 2U);
  EXPECT_EQ(printer.status()->impressions, 42U);
  EXPECT_TRUE(printer.status()->ready);
}

struct APurse : ::testing::Test {
  PurseAcceptor acceptor{1000};
  std::uint32_t told = 0;
  void enable() {
    ASSERT_TRUE(acceptor.enable([this](std::uint32_t escrow) { told = escrow; }));
  }
};

TEST_F(APurse, TakesNoCoinsUntilItIsEnabledAndNoneAfterItIsDisabled) {
  EXPECT_EQ(acceptor.insert(200).error().reason, Reason::payment_incomplete);
  enable();
  ASSERT_TRUE(acceptor.disable());
  EXPECT_EQ(acceptor.insert(200).error().reason, Reason::payment_incomplete);
}

TEST_F(APurse, CapturesWhatIsDueAndGivesTheRestAsChange) {
  enable();
  ASSERT_TRUE(acceptor.insert(500));
  EXPECT_EQ(told, 500U);
  EXPECT_EQ(acceptor.capture(200), 300U);
  EXPECT_EQ(acceptor.counters()->captured, 1200U);
  EXPECT_EQ(acceptor.counters()->escrow, 0U);
}

TEST_F(APurse, CapturesNothingIfTheEscrowHoldsLess) {
  enable();
  ASSERT_TRUE(acceptor.insert(100));
  EXPECT_EQ(acceptor.capture(200).error().reason, Reason::payment_incomplete);
  EXPECT_EQ(acceptor.give_back(), 100U);
  EXPECT_EQ(acceptor.counters()->returned, 100U);
}

TEST(CountingPrinter, LaysTheVeryDocumentIntoTheTrayOfWhoeverHoldsOne) {
  Bytes held;
  CountingPrinter printer(0, [&](const Id&, ByteView document) { held.assign(document.begin(), document.end()); });
  const Bytes document{1, 2, 3};
  ASSERT_TRUE(printer.print(Id{}, document, 1, [](auto) {}));
  EXPECT_EQ(held, document);
}

TEST(CardInProcess, IsNotBroughtFromAFileThatIsNoCard) {
  CardInProcess reader;
  EXPECT_FALSE(reader.bring("/nonexistent/card.state"));
  EXPECT_EQ(reader.bring(MADOGUCHI_SOURCE_DIR "/README.md").error().reason, Reason::input_invalid);
}

TEST(CardInProcess, IsNoCardBeforeOneIsBrought) {
  CardInProcess reader;
  reader.place();
  EXPECT_EQ(reader.power_on().error().reason, Reason::card_removed_early);
}

}  // namespace
}  // namespace mado::bench
