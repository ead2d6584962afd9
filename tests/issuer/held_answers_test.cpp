#include "issuer/edge/held_answers.hpp"

#include <gtest/gtest.h>

#include <future>
#include <vector>

namespace mado::issuer {
namespace {

using Clock = HeldAnswers::Clock;
using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(HeldAnswers, LeaveInTheOrderOfTheirMomentsAndNotBefore) {
  HeldAnswers held(2);
  std::vector<int> left;
  std::promise<Clock::time_point> last;
  const auto now = Clock::now();
  ASSERT_TRUE(held.hold(now + milliseconds{40}, [&] {
    left.push_back(2);
    last.set_value(Clock::now());
  }));
  ASSERT_TRUE(held.hold(now + milliseconds{20}, [&] { left.push_back(1); }));
  EXPECT_GE(last.get_future().get(), now + milliseconds{40});
  EXPECT_EQ(left, (std::vector{1, 2}));
}

TEST(HeldAnswers, OneMoreThanMayWaitIsNotTaken) {
  HeldAnswers held(1);
  ASSERT_TRUE(held.hold(Clock::now() + seconds{60}, [] {}));
  EXPECT_FALSE(held.hold(Clock::now() + seconds{60}, [] {}));
}

TEST(HeldAnswers, WhatStillWaitsAtTheEndIsDropped) {
  bool left = false;
  {
    HeldAnswers(1).hold(Clock::now() + seconds{60}, [&] { left = true; });
  }
  EXPECT_FALSE(left);
}

}  // namespace
}  // namespace mado::issuer
