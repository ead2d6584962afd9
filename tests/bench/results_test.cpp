// Figures by nearest rank: always one that was measured.
#include "bench/results.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace mado::bench {
namespace {

std::vector<double> one_to(int last) {
  std::vector<double> values(static_cast<std::size_t>(last));
  std::iota(values.rbegin(), values.rend(), 1);
  return values;
}

TEST(Quantile, IsTheSmallestValueThatSoManyDoNotExceed) {
  EXPECT_EQ(quantile(one_to(200), 0.50), 100);
  EXPECT_EQ(quantile(one_to(200), 0.99), 198);
}

TEST(Quantile, OfFewValuesIsTheLargest) { EXPECT_EQ(quantile(one_to(6), 0.99), 6); }

TEST(Quantile, StaysWithinItsValuesAtBothEnds) {
  EXPECT_EQ(quantile(one_to(5), 0), 1);
  EXPECT_EQ(quantile(one_to(5), 1), 5);
  EXPECT_EQ(quantile({7}, 0.5), 7);
}

TEST(Median, OfAnEvenNumberIsTheLowerOfTheTwo) { EXPECT_EQ(median({4, 1, 3, 2}), 2); }

}  // namespace
}  // namespace mado::bench
