// Which node of the center takes the next call.
#include "relay/core/turns.hpp"

#include <gtest/gtest.h>

namespace mado::relay {
namespace {

TEST(Turns, TakesEachNodeInTurn) {
  Turns turns;
  for (const std::size_t expected : {0, 1, 2, 0, 1}) EXPECT_EQ(turns.next({true, true, true}), expected);
}

TEST(Turns, LeavesOutANodeWhoseLineIsDown) {
  Turns turns;
  for (int i = 0; i < 4; ++i) EXPECT_EQ(turns.next({false, true}), 1U);
  EXPECT_EQ(turns.next({true, true}), 0U);
}

TEST(Turns, TriesOneAfterTheOtherWhenNoLineStands) {
  Turns turns;
  for (const std::size_t expected : {0, 1, 0}) EXPECT_EQ(turns.next({false, false}), expected);
}

TEST(Turns, AnOnlyNodeIsAlwaysTaken) {
  Turns turns;
  EXPECT_EQ(turns.next({false}), 0U);
  EXPECT_EQ(turns.next({true}), 0U);
}

}  // namespace
}  // namespace mado::relay
