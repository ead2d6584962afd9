// Fewer rules, the same pixels.
#include "paper/rules.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "tests/paper/specimen.hpp"

namespace mado::paper {
namespace {

Raster painted(const std::vector<PixelBox>& rules) {
  Raster raster;
  for (const auto& rule : rules) raster.fill(rule);
  return raster;
}

RC_GTEST_PROP(Rules, JoinedRulesPaintTheSamePixels, ()) {
  const auto rules = *rc::gen::container<std::vector<PixelBox>>(
      rc::gen::map(rc::gen::tuple(rc::gen::inRange(0, 40), rc::gen::inRange(0, 40), rc::gen::inRange(1, 12),
                                  rc::gen::inRange(1, 12)),
                   [](const auto& box) {
                     const auto& [left, top, width, height] = box;
                     return PixelBox{left, top, left + width, top + height};
                   }));
  const auto fewer = joined(rules);
  RC_ASSERT(fewer.size() <= rules.size());
  RC_ASSERT(std::ranges::equal(painted(fewer).bits(), painted(rules).bits()));
}

TEST(Rules, TheLinesOfATableAreDrawnOnce) {
  std::vector<Frame> table;
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 4; ++column) table.push_back({{20.0 + 30 * column, 20.0 + 5 * row, 30, 5}, 0.12});
  }
  EXPECT_EQ(rules_of({}, table).size(), 4U + 5U);
}

TEST(Rules, AFrameIsCentredOnItsEdge) {
  const std::vector<Frame> frames{{{25.4, 25.4, 25.4, 25.4}, 25.4 / 600 * 4}};
  const auto raster = painted(rules_of({}, frames));
  EXPECT_TRUE(raster.has_ink({598, 700, 599, 701}));
  EXPECT_TRUE(raster.has_ink({601, 700, 602, 701}));
  EXPECT_FALSE(raster.has_ink({597, 700, 598, 701}));
  EXPECT_FALSE(raster.has_ink({602, 700, 603, 701}));
}

TEST(Rules, WhatLiesOutsideThePageIsLeftOut) {
  const std::vector<Box> lines{{200, 290, 20, 20}, {220, 310, 5, 5}};
  const auto rules = rules_of(lines, {});
  ASSERT_EQ(rules.size(), 1U);
  EXPECT_EQ(rules[0].right, 4960);
  EXPECT_EQ(rules[0].bottom, 7016);
}

}  // namespace
}  // namespace mado::paper
