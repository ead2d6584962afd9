#include "paper/raster.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <cstring>

namespace mado::paper {
namespace {

std::size_t ink(const Raster& raster) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < raster.bits().size(); at += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, raster.bits().data() + at, sizeof(word));
    count += static_cast<std::size_t>(std::popcount(word));
  }
  return count;
}

RC_GTEST_PROP(Raster, ABoxIsFilledToThePixel, (std::uint8_t left, std::uint8_t top, std::uint8_t w, std::uint8_t h)) {
  Raster raster;
  const PixelBox box{left, top, left + w, top + h};
  raster.fill(box);
  RC_ASSERT(ink(raster) == static_cast<std::size_t>(w) * h);
  RC_ASSERT(raster.has_ink(box) == !box.empty());
  RC_ASSERT(!raster.has_ink({0, 0, left, 600}));
  RC_ASSERT(!raster.has_ink({left + w, 0, 4960, 600}));
}

TEST(Raster, ABoxBeyondThePageIsClippedAndABitmapBeyondItNotPainted) {
  Raster raster;
  raster.fill({-10, -10, 5, 5});
  raster.fill({4950, 7010, 9999, 9999});
  EXPECT_EQ(ink(raster), 25U + 60U);
  const std::uint8_t dot = 0x80;
  const BitmapView bitmap{1, 1, 1, &dot};
  EXPECT_TRUE(raster.paint(bitmap, 4959, 0));
  for (const auto& [x, y] : {std::pair{-1, 0}, {0, -1}, {4960, 0}, {0, 7016}}) {
    EXPECT_FALSE(raster.paint(bitmap, x, y));
  }
  EXPECT_EQ(ink(raster), 86U);
}

RC_GTEST_PROP(Raster, ABitmapIsPaintedAtEveryPixel, (std::uint8_t pattern)) {
  const int x = *rc::gen::inRange(0, 4952);
  const std::uint8_t rows[] = {pattern, static_cast<std::uint8_t>(~pattern)};
  const BitmapView bitmap{8, 2, 1, rows};
  Raster raster;
  RC_ASSERT(raster.paint(bitmap, x, 100));
  RC_ASSERT(ink(raster) == 8U);
  for (int bit = 0; bit < 8; ++bit) {
    const bool is_black = (pattern >> (7 - bit) & 1U) != 0;
    RC_ASSERT(raster.has_ink({x + bit, 100, x + bit + 1, 101}) == is_black);
    RC_ASSERT(raster.has_ink({x + bit, 101, x + bit + 1, 102}) != is_black);
  }
}

}  // namespace
}  // namespace mado::paper
