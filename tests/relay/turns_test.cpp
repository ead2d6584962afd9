// Which node of the center takes the next call.
#include "relay/core/turns.hpp"

#include <gtest/gtest.h>

namespace mado::relay {
namespace {
constexpr Instant noon{1'800'000'000'000};

TEST(Turns, TakesEachNodeInTurn) {
  Turns turns(3);
  for (const std::size_t expected : {0, 1, 2, 0, 1}) EXPECT_EQ(turns.next(noon), expected);
}

TEST(Turns, LeavesANodeOutThatWasDownUntilItsRestIsOver) {
  Turns turns(2);
  turns.was_down(0, noon);
  const auto before = noon + std::chrono::milliseconds{999};
  EXPECT_EQ(turns.next(before), 1U);
  EXPECT_EQ(turns.next(before), 1U);
  const auto after = noon + Turns::rest;
  EXPECT_EQ(turns.next(after), 0U);
  EXPECT_EQ(turns.next(after), 1U);
}

TEST(Turns, TriesThemAllTheSameWhenAllWereDown) {
  Turns turns(2);
  turns.was_down(0, noon);
  turns.was_down(1, noon);
  EXPECT_EQ(turns.next(noon), 0U);
  EXPECT_EQ(turns.next(noon), 1U);
}

TEST(Turns, AnOnlyNodeIsAlwaysTaken) {
  Turns turns(1);
  turns.was_down(0, noon);
  EXPECT_EQ(turns.next(noon), 0U);
}

}  // namespace
}  // namespace mado::relay
