#include <gtest/gtest.h>

#include "application/prefecture.hpp"

namespace mado::application {
namespace {

TEST(Prefecture, IsNamedByTheFirstTwoDigitsOfACitysCode) {
  EXPECT_EQ(prefecture_in_english("011002"), "Hokkaido");
  EXPECT_EQ(prefecture_in_english("131016"), "Tokyo");
  EXPECT_EQ(prefecture_in_english("472018"), "Okinawa");
  for (const auto* none : {"", "1", "001000", "481000", "ab1016", "99"}) EXPECT_EQ(prefecture_in_english(none), "");
}

}  // namespace
}  // namespace mado::application
