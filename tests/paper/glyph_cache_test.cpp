// Two generations of glyphs, and a bound over both.
#include "paper/glyph_cache.hpp"

#include <gtest/gtest.h>

namespace mado::paper {
namespace {

std::shared_ptr<const Glyph> glyph(int side = 20) {
  return std::make_shared<const Glyph>(Glyph{Symbol::filled(side, side).value(), 0, 0});
}

std::size_t bytes_of_one() {
  GlyphCache cache(1'000'000);
  cache.keep({1, 1}, glyph());
  return cache.bytes();
}

TEST(GlyphCache, GivesBackWhatItKeptByGlyphAndSize) {
  GlyphCache cache(1'000'000);
  const auto kept = glyph();
  cache.keep({7, 50}, kept);
  EXPECT_EQ(cache.find({7, 50}), kept);
  EXPECT_EQ(cache.find({7, 51}), nullptr);
  EXPECT_EQ(cache.find({8, 50}), nullptr);
}

TEST(GlyphCache, NeverExceedsItsBound) {
  const auto bound = 20 * bytes_of_one();
  GlyphCache cache(bound);
  for (std::uint32_t i = 0; i < 500; ++i) {
    cache.keep({i, 50}, glyph());
    EXPECT_LE(cache.bytes(), bound);
    if (i % 3 == 0) cache.find({i / 2, 50});
    EXPECT_LE(cache.bytes(), bound);
  }
  EXPECT_GT(cache.bytes(), bound / 4);
}

TEST(GlyphCache, KeepsWhatIsAskedForAndDropsWhatIsNot) {
  GlyphCache cache(20 * bytes_of_one());
  cache.keep({1, 50}, glyph());
  cache.keep({2, 50}, glyph());
  for (std::uint32_t i = 100; i < 200; ++i) {
    cache.keep({i, 50}, glyph());
    EXPECT_NE(cache.find({1, 50}), nullptr);
  }
  EXPECT_EQ(cache.find({2, 50}), nullptr);
}

TEST(GlyphCache, OfNoSizeKeepsNothing) {
  GlyphCache cache(0);
  cache.keep({1, 50}, glyph());
  EXPECT_EQ(cache.find({1, 50}), nullptr);
  EXPECT_EQ(cache.bytes(), 0U);
}

}  // namespace
}  // namespace mado::paper
