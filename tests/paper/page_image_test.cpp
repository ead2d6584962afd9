// A page's image: what its bytes depend on, its bounds, and what is not taken for one.
#include "paper/page_image.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "paper/jbig2_segments.hpp"
#include "tests/paper/drawn_pages.hpp"

namespace mado::paper {
namespace {

EncodedImage encoded(const Drawing& page) { return encode_image(page).value(); }

TEST(PageImage, DependsOnWhatStandsWhereAndNotOnTheOrderOfDrawing) {
  const auto page = drawn_pages::of_symbols(40, 300);
  Drawing backwards;
  for (auto mark = page.marks().rbegin(); mark != page.marks().rend(); ++mark) backwards.add(*mark);
  EXPECT_EQ(encoded(backwards), encoded(page));
  Drawing moved;
  for (auto mark : page.marks()) {
    ++mark.left;
    moved.add(std::move(mark));
  }
  EXPECT_NE(encoded(moved), encoded(page));
}

TEST(PageImage, DoesNotTellAnOldSymbolFromANewOneOfTheSamePixels) {
  const auto once = drawn_pages::of_symbols(40, 300);
  const auto again = drawn_pages::of_symbols(40, 300);
  Drawing mixed;
  for (std::size_t i = 0; i < once.marks().size(); ++i) {
    mixed.add((i % 3 == 0 ? once : again).marks()[i]);
  }
  EXPECT_EQ(encoded(mixed), encoded(once));
}

TEST(PageImage, AMarkUponItsEqualAddsNothing) {
  const auto page = drawn_pages::of_symbols(4, 9);
  auto twice = page;
  for (const auto& mark : page.marks()) twice.add(mark);
  EXPECT_EQ(encoded(twice), encoded(page));
}

TEST(PageImage, HasBounds) {
  EXPECT_TRUE(encode_image(drawn_pages::of_symbols(most_symbols_on_page, most_symbols_on_page)));
  const auto over = encode_image(drawn_pages::of_symbols(most_symbols_on_page + 1, most_symbols_on_page + 1)).error();
  EXPECT_EQ(over.reason, Reason::page_check_failed);
  EXPECT_EQ(over.cause, "a page has too many different symbols");
  EXPECT_TRUE(encode_image(drawn_pages::of_symbols(10, most_marks_on_page)));
  EXPECT_EQ(encode_image(drawn_pages::of_symbols(10, most_marks_on_page + 1)).error().cause,
            "a page has too many marks");
}

TEST(Symbol, IsNeitherEmptyNorLargerThanAPage) {
  EXPECT_TRUE(Symbol::filled(1, 1));
  EXPECT_TRUE(Symbol::filled(page_width, 1));
  EXPECT_TRUE(Symbol::filled(1, page_height));
  for (const auto& [width, height] : {std::pair{0, 1}, {1, 0}, {-1, 5}, {4961, 1}, {1, 7017}}) {
    EXPECT_EQ(Symbol::filled(width, height).error().reason, Reason::internal);
  }
}

TEST(CheckImage, TakesWhatIsWritten) {
  for (const std::size_t symbols : {1U, 4U, 5U, 16U, 17U, 64U, 65U, 300U}) {
    EXPECT_TRUE(check_image(encoded(drawn_pages::of_symbols(symbols, symbols)))) << symbols;
  }
  EXPECT_TRUE(check_image(encoded(Drawing{})));
  EXPECT_TRUE(check_image(encode_image(Raster{}).value()));
}

TEST(CheckImage, RefusesWhatIsNoPage) {
  for (const auto& no_page :
       {Bytes{}, Bytes(3000, 0), bytes_of("GIF89a is another picture"), Bytes(most_encoded_bytes + 1)}) {
    EXPECT_EQ(check_image(no_page).error().reason, Reason::message_malformed);
  }
}

TEST(CheckImage, RefusesAPageThatIsCutOrHasMoreBehindIt) {
  const auto page = encoded(drawn_pages::of_symbols(30, 100));
  for (std::size_t length = 0; length < page.size(); length += 7)
    EXPECT_FALSE(check_image(ByteView(page).first(length)));
  auto longer = page;
  longer.push_back(0);
  EXPECT_FALSE(check_image(longer));
  auto twice = page;
  twice.insert(twice.end(), page.begin(), page.end());
  EXPECT_FALSE(check_image(twice));
}

// Whatever byte is changed: the page is refused, or it is still of the very segments and lengths, with another coded
// part.
TEST(CheckImage, AChangedByteOutsideTheCodedPartsIsRefused) {
  const auto page = encoded(drawn_pages::of_symbols(30, 100));
  std::size_t taken = 0;
  for (std::size_t i = 0; i < page.size(); ++i) {
    auto changed = page;
    changed[i] ^= 0x40;
    if (check_image(changed)) ++taken;
  }
  // Heads and headers: page information, 30 dictionaries, 10 that hand them on, the text region.
  const std::size_t told = 30 + 30 * (11 + 12) + 10 * (11 + 12) + 11 + 23;
  EXPECT_LT(taken, page.size() - told);
}

TEST(CheckImage, RefusesPagesThatDecodersReadInDifferentWays) {
  const auto page = encoded(drawn_pages::of_symbols(4, 4));
  // The text region's header: its number, type, and how many segments it refers to in the upper bits of one byte.
  const Bytes header{0, 0, 0, 5, 6, 4 << 5, 1, 2, 3, 4, 1};
  const auto found = std::ranges::search(page, header);
  ASSERT_FALSE(found.empty());
  auto more = page;
  more[static_cast<std::size_t>(found.begin() - page.begin()) + 5] = 0xe0;  // the long form of the count
  EXPECT_FALSE(check_image(more));
}

}  // namespace
}  // namespace mado::paper
