// How fast new things may begin.
#include "wire/rate.hpp"

#include <gtest/gtest.h>

namespace mado::wire {
namespace {
using std::chrono::milliseconds;
constexpr Rate::Clock::time_point noon{};

int taken(Rate& rate, Rate::Clock::time_point at, int asked) {
  int count = 0;
  for (int i = 0; i < asked; ++i) count += rate.take(at) ? 1 : 0;
  return count;
}

TEST(Rate, LetsASecondsWorthBeginAtOnceAndNoMore) {
  Rate rate(10, noon);
  EXPECT_EQ(taken(rate, noon, 50), 10);
}

TEST(Rate, LetsMoreBeginAsTimePasses) {
  Rate rate(10, noon);
  taken(rate, noon, 10);
  EXPECT_EQ(taken(rate, noon + milliseconds{50}, 5), 0);
  EXPECT_EQ(taken(rate, noon + milliseconds{101}, 5), 1);
  EXPECT_EQ(taken(rate, noon + milliseconds{605}, 9), 5);
}

TEST(Rate, SavesNothingUpBeyondASecond) {
  Rate rate(10, noon);
  EXPECT_EQ(taken(rate, noon + std::chrono::hours{1}, 50), 10);
}

TEST(Rate, OfNoneHasNoBound) {
  Rate rate(0, noon);
  EXPECT_EQ(taken(rate, noon, 1000), 1000);
}

}  // namespace
}  // namespace mado::wire
