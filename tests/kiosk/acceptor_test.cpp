#include <gtest/gtest.h>

#include "kiosk/edge/simulated_acceptor.hpp"
#include "tests/outside/process.hpp"

namespace mado::kiosk {
namespace {

class AcceptorTest : public testing::Test {
 protected:
  std::unique_ptr<SimulatedAcceptor> open() { return SimulatedAcceptor::open(directory_ / "acceptor").value(); }
  void enable(SimulatedAcceptor& acceptor) {
    ASSERT_TRUE(acceptor.enable([this](std::uint32_t escrow) { told_.push_back(escrow); }));
  }

  outside::TemporaryDirectory directory_;
  std::vector<std::uint32_t> told_;
};

TEST_F(AcceptorTest, TakesFourKindsOfCoinsAndTellsTheSum) {
  auto acceptor = open();
  enable(*acceptor);
  for (const auto coin : {10U, 50U, 100U, 500U}) EXPECT_TRUE(acceptor->insert(coin));
  EXPECT_EQ(told_, (std::vector<std::uint32_t>{10, 60, 160, 660}));
  for (const auto coin : {0U, 1U, 5U, 20U, 1000U}) {
    EXPECT_EQ(acceptor->insert(coin).error().reason, Reason::input_invalid) << coin;
  }
  EXPECT_EQ(acceptor->counters()->escrow, 660U);
}

TEST_F(AcceptorTest, TakesNothingUnlessItIsEnabled) {
  auto acceptor = open();
  EXPECT_EQ(acceptor->insert(100).error().reason, Reason::payment_incomplete);
  enable(*acceptor);
  EXPECT_TRUE(acceptor->insert(100));
  ASSERT_TRUE(acceptor->disable());
  EXPECT_EQ(acceptor->insert(100).error().reason, Reason::payment_incomplete);
  EXPECT_EQ(acceptor->counters()->escrow, 100U) << "what lies in escrow stays there";
}

TEST_F(AcceptorTest, HoldsAtMost10000Yen) {
  auto acceptor = open();
  enable(*acceptor);
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(acceptor->insert(500));
  EXPECT_EQ(acceptor->insert(10).error().reason, Reason::payment_incomplete);
  EXPECT_EQ(acceptor->counters()->escrow, 10'000U);
}

TEST_F(AcceptorTest, CapturesWhatIsDueAndGivesChange) {
  auto acceptor = open();
  enable(*acceptor);
  ASSERT_TRUE(acceptor->insert(500));
  EXPECT_EQ(acceptor->capture(501).error().reason, Reason::payment_incomplete);
  EXPECT_EQ(acceptor->capture(300).value(), 200U);
  const auto counters = acceptor->counters().value();
  EXPECT_EQ(counters.captured, 300U);
  EXPECT_EQ(counters.returned, 0U) << "change is no return";
  EXPECT_EQ(counters.escrow, 0U);
}

TEST_F(AcceptorTest, GivesEverythingBack) {
  auto acceptor = open();
  enable(*acceptor);
  ASSERT_TRUE(acceptor->insert(500));
  ASSERT_TRUE(acceptor->insert(50));
  EXPECT_EQ(acceptor->give_back().value(), 550U);
  EXPECT_EQ(acceptor->give_back().value(), 0U);
  EXPECT_EQ(acceptor->counters()->returned, 550U);
}

TEST_F(AcceptorTest, RemembersEscrowAndCountersOverARestart) {
  {
    auto acceptor = open();
    enable(*acceptor);
    ASSERT_TRUE(acceptor->insert(500));
    ASSERT_TRUE(acceptor->capture(500));
    ASSERT_TRUE(acceptor->insert(100));
  }
  auto acceptor = open();
  const auto counters = acceptor->counters().value();
  EXPECT_EQ(counters.captured, 500U);
  EXPECT_EQ(counters.escrow, 100U);
  EXPECT_FALSE(acceptor->insert(100)) << "and takes nothing before it is enabled again";
}

}  // namespace
}  // namespace mado::kiosk
