#include "issuer/core/answer.hpp"

#include <gtest/gtest.h>

namespace mado::issuer {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds delay{500};

std::int64_t leaves(std::int64_t asked, std::int64_t ready, milliseconds after = delay) {
  return refusal_moment(Instant{asked}, Instant{ready}, after).milliseconds;
}

TEST(RefusalMoment, IsTheSameHoweverLongTheRefusalTook) {
  for (const auto took : {0, 1, 3, 499, 500}) EXPECT_EQ(leaves(10'000, 10'000 + took), 10'500) << took;
}

TEST(RefusalMoment, OfOneThatTookLongerIsAWholeNumberOfDelaysLater) {
  EXPECT_EQ(leaves(10'000, 10'501), 11'000);
  EXPECT_EQ(leaves(10'000, 11'000), 11'000);
  EXPECT_EQ(leaves(10'000, 11'001), 11'500);
}

TEST(RefusalMoment, IsADelayLaterAlsoIfTheClockWasSetBack) { EXPECT_EQ(leaves(10'000, 9'000), 10'500); }

TEST(RefusalMoment, WithoutADelayIsWhenItIsReady) { EXPECT_EQ(leaves(10'000, 10'007, milliseconds{0}), 10'007); }

}  // namespace
}  // namespace mado::issuer
