// Chain rule 13: a node that is not synchronised refuses.
#include "operation/clock_check.hpp"

#include <gtest/gtest.h>
#include <sys/timex.h>

namespace mado::operation {
namespace {

Reason refused(int state, bool unsynchronised, long microseconds) {
  return check_clock(state, unsynchronised, microseconds).error().reason;
}

TEST(ClockCheck, AClockThatATimeServiceKeepsIsTrustedToFiveSeconds) {
  EXPECT_TRUE(check_clock(TIME_OK, false, 0));
  EXPECT_TRUE(check_clock(TIME_INS, false, 0)) << "a leap second is announced";
  EXPECT_TRUE(check_clock(TIME_OK, false, 5'000'000));
  EXPECT_EQ(refused(TIME_OK, false, 5'000'001), Reason::clock_not_synchronised);
}

TEST(ClockCheck, AClockThatNobodyKeepsIsNot) {
  EXPECT_EQ(refused(TIME_ERROR, false, 0), Reason::clock_not_synchronised);
  EXPECT_EQ(refused(TIME_OK, true, 0), Reason::clock_not_synchronised);
  EXPECT_EQ(refused(-1, false, 0), Reason::clock_not_synchronised) << "the kernel does not say";
}

TEST(ClockCheck, AsksTheKernel) {
  const auto asked = check_clock();
  EXPECT_TRUE(asked || asked.error().reason == Reason::clock_not_synchronised);
}

}  // namespace
}  // namespace mado::operation
