// Form and values become pages; a page that is not what its form demands is not handed out.
#include "paper/compose.hpp"

#include "paper/layout.hpp"
#include "paper/raster.hpp"
#include "tests/paper/specimen.hpp"

namespace mado::paper {
namespace {

using specimen::font;
using specimen::seal;

Form form_of(const std::string& further = "") {
  auto form = parse_form(R"(name = "small"
version = "1"
seal = [160, 250, 26, 26]
[page]
field = [
  { name = "address", box = [20, 22, 100, 8], size = 4, least = 2, mandatory = true },
  { name = "page_number", box = [150, 22, 30, 8], size = 4 },
]
[flow]
at = [20, 40, 150, 80]
rest = { text = "以下余白", box = [10, 2, 50, 6], size = 4 }
[row.person]
height = 20
field = [{ name = "name", box = [0, 0, 60, 10], size = 5, least = 3, lines = 2, mandatory = true },
         { name = "note", box = [70, 0, 60, 10], size = 5 }]
[footer]
field = [{ name = "date", box = [20, 200, 60, 8], size = 4, mandatory = true }]
)" + further,
                         "small.toml");
  return std::move(form.value());
}

Content content_of(int subjects) {
  Content content;
  content.page.emplace("address", Value::of("東京都千代田区"));
  content.footer.emplace("date", Value::of("令和8年11月21日"));
  for (int i = 0; i < subjects; ++i) {
    FilledRow row{"person", "id-" + std::to_string(i), {}};
    row.values.emplace("name", Value::of("甲野　太郎"));
    content.rows.push_back(std::move(row));
  }
  return content;
}

std::vector<Drawing> drawn(const Content& content) { return draw(form_of(), font(), seal(), content).value().pages; }

// The pixels of a drawn page.
class Pixels {
 public:
  explicit Pixels(const Drawing& page) : raster_(page.pixels()) {}
  std::size_t ink(const Box& box) const {
    std::size_t count = 0;
    for (int y = to_pixels(box.y); y < to_pixels(box.y + box.height); ++y) {
      for (int x = to_pixels(box.x); x < to_pixels(box.x + box.width); ++x) {
        const auto at = static_cast<std::size_t>(y) * row_bytes + static_cast<std::size_t>(x) / 8;
        count += raster_.bits()[at] >> (7 - x % 8) & 1U;
      }
    }
    return count;
  }

 private:
  Raster raster_;
};

constexpr Box seal_box{160, 250, 26, 26};
constexpr Box footer_box{20, 200, 60, 8};
Box row_box(int slot) { return {20, 40.0 + slot * 20, 150, 20}; }

TEST(Compose, SealAndFooterStandOnTheLastPageOnly) {
  const auto pages = drawn(content_of(5));
  ASSERT_EQ(pages.size(), 2U);
  const Pixels first{pages[0]};
  const Pixels last{pages[1]};
  EXPECT_EQ(first.ink(seal_box), 0U);
  EXPECT_EQ(first.ink(footer_box), 0U);
  EXPECT_GT(last.ink(seal_box), 10'000U);
  EXPECT_GT(last.ink(footer_box), 0U);
}

TEST(Compose, TheSealIsPrintedOneToOne) {
  const auto bitmap = seal().bitmap();
  std::size_t black = 0;
  for (std::size_t i = 0; i < bitmap.stride * static_cast<std::size_t>(bitmap.height); ++i) {
    black += static_cast<std::size_t>(__builtin_popcount(bitmap.rows[i]));
  }
  EXPECT_EQ(Pixels{drawn(content_of(1))[0]}.ink(seal_box), black);
}

// 岡山 2023-07: fourteen certificates without the mayor's seal. No way leads to one: not an empty seal, not a form
// without a place for it, and no last page without its ink.
TEST(Compose, OkayamaNoCertificateWithoutTheMayorsSeal) {
  const Bytes white_seal = bytes_of("P4\n200 200\n" + std::string(200 * 25, '\0'));
  EXPECT_EQ(Seal::parse(white_seal).error().reason, Reason::configuration_invalid);
  EXPECT_EQ(parse_form("name = \"small\"\nversion = \"1\"\n", "small.toml").error().reason,
            Reason::configuration_invalid);
  for (const int persons : {1, 4, 5, 12}) {
    EXPECT_GT(Pixels{drawn(content_of(persons)).back()}.ink(seal_box), 10'000U);
  }
}

TEST(Compose, FourPersonsAPageAndWhoWasDrawnInTheirOrder) {
  for (const auto& [persons, pages] : {std::pair{1, 1U}, {4, 1U}, {5, 2U}, {8, 2U}, {12, 3U}, {64, 16U}}) {
    const auto composed = compose(form_of(), font(), seal(), content_of(persons)).value();
    EXPECT_EQ(composed.pages.size(), pages);
    ASSERT_EQ(composed.drawn.size(), static_cast<std::size_t>(persons));
    for (int i = 0; i < persons; ++i) EXPECT_EQ(composed.drawn[static_cast<std::size_t>(i)], "id-" + std::to_string(i));
  }
}

TEST(Compose, TheFirstEmptyPlaceSaysThatNothingFollows) {
  const Pixels page{drawn(content_of(2))[0]};
  EXPECT_GT(page.ink(row_box(1)), 0U);
  EXPECT_GT(page.ink(row_box(2)), 0U) << "以下余白";
  EXPECT_EQ(page.ink(row_box(3)), 0U);
}

TEST(Compose, IsDeterministic) {
  EXPECT_EQ(compose(form_of(), font(), seal(), content_of(5)).value().pages,
            compose(form_of(), font(), seal(), content_of(5)).value().pages);
}

TEST(Compose, APageDoesNotTellWhatWasDrawnBeforeIt) {
  const auto once = compose(form_of(), font(), seal(), content_of(5)).value().pages;
  for (const std::size_t cache_bytes : {0U, 20'000U, 1'000'000U}) {
    const auto other = Font::load(specimen::font_file, {}, cache_bytes).value();
    auto somebody = content_of(3);
    somebody.rows[0].values.insert_or_assign("name", Value::of("渡邉　花子"));
    ASSERT_TRUE(compose(form_of(), other, seal(), somebody));
    EXPECT_EQ(compose(form_of(), other, seal(), content_of(5)).value().pages, once)
        << "with a cache of " << cache_bytes;
  }
}

TEST(Compose, AnOmittedItemIsMarkedAndABlankOneIsWhite) {
  auto content = content_of(3);
  content.rows[0].values.emplace("note", Value::omitted());
  content.rows[1].values.emplace("note", Value{});
  const Pixels page{drawn(content)[0]};
  EXPECT_GT(page.ink({90, 40, 60, 10}), 0U);
  EXPECT_EQ(page.ink({90, 60, 60, 10}), 0U);
  EXPECT_EQ(page.ink({90, 80, 60, 10}), 0U) << "not given";
}

Refusal refused(const Content& content) { return compose(form_of(), font(), seal(), content).error(); }

TEST(PageCheck, AMandatoryFieldWithoutInkIsFound) {
  for (const auto* text : {"", "　", " 　 "}) {
    auto content = content_of(2);
    content.rows[1].values.insert_or_assign("name", Value::of(text));
    EXPECT_EQ(refused(content).reason, Reason::page_check_failed);
    EXPECT_EQ(refused(content).cause, "mandatory field \"name\" is empty");
  }
  auto content = content_of(1);
  content.footer.clear();
  EXPECT_EQ(refused(content).cause, "mandatory field \"date\" is empty");
  content = content_of(1);
  content.page.clear();
  EXPECT_EQ(refused(content).cause, "mandatory field \"address\" is empty");
}

TEST(PageCheck, AValueForWhichTheFormHasNoPlaceIsFound) {
  auto content = content_of(1);
  content.rows[0].values.emplace("surname", Value::of("甲野"));
  EXPECT_EQ(refused(content).reason, Reason::page_check_failed);
  EXPECT_EQ(refused(content).cause, "the form has no field \"surname\"");
}

TEST(Compose, ATextTooLongIsShrunkThenBrokenThenRefused) {
  const auto fits = [](std::size_t characters) {
    std::string name;
    for (std::size_t i = 0; i < characters; ++i) name += "国";
    auto content = content_of(1);
    content.rows[0].values.insert_or_assign("name", Value::of(name));
    return compose(form_of(), font(), seal(), content);
  };
  // 60 mm less padding (1.6): 11 characters at 5 mm, 19 at 3 mm, 38 on two lines of 3 mm.
  for (const std::size_t count : {1U, 11U, 19U, 20U, 38U}) EXPECT_TRUE(fits(count)) << count;
  const auto refusal = fits(39).error();
  EXPECT_EQ(refusal.reason, Reason::text_too_long);
  EXPECT_EQ(refusal.cause, "field \"name\": does not fit its box at the least size");
}

TEST(PageCheck, InkOverTheSealIsFound) {
  auto form = form_of();
  form.footer.frames.push_back({{170, 240, 20, 20}, 0.5});
  const auto refusal = compose(form, font(), seal(), content_of(1)).error();
  EXPECT_EQ(refusal.reason, Reason::page_check_failed);
  EXPECT_EQ(refusal.cause, "image \"seal\" is not as it should be");
}

TEST(Layout, KeepsTheSizeWhereThereIsRoomAndShrinksOnlyAsFarAsNeeded) {
  const Box box{10, 10, 41.6, 10};
  const Type type{5, 3, Align::left, 1, 0.8};
  const auto size = [&](std::string_view text) {
    return lay_out(font().characters_of(text).value(), box, type).value().pixels;
  };
  EXPECT_EQ(size("国国国国国国国国"), to_pixels(5));
  EXPECT_EQ(size("国国国国国国国国国国"), to_pixels(4));
  EXPECT_EQ(size("国国国国国国国国国国国国国"), static_cast<int>(to_pixels(40) / 13));
}

TEST(Layout, AlignsToTheEdgesOfItsBox) {
  const Box box{10, 10, 40, 6};
  const auto text = font().characters_of("国国").value();
  const auto pens = [&](Align align) {
    const auto layout = lay_out(text, box, {4, 4, align, 1, 1}).value();
    return std::pair{layout.glyphs.front().pen, layout.glyphs.back().pen};
  };
  const int em = to_pixels(4);
  EXPECT_EQ(pens(Align::left), (std::pair{to_pixels(11), to_pixels(11) + em}));
  EXPECT_NEAR(pens(Align::right).second + em, to_pixels(49), 1);
  EXPECT_NEAR(pens(Align::center).second, to_pixels(30), 1);
  EXPECT_EQ(pens(Align::spread).first, to_pixels(11));
  EXPECT_NEAR(pens(Align::spread).second + em, to_pixels(49), 1);
}

TEST(Compose, ACharacterThatTheFontLacksNamesItsFieldAndNotItsText) {
  auto content = content_of(1);
  content.rows[0].values.insert_or_assign("name", Value::of("渡\u9089\U000E0102"));
  EXPECT_EQ(refused(content).reason, Reason::character_not_available);
  EXPECT_EQ(refused(content).cause, "field \"name\": the font has no glyph for U+9089 U+E0102");
}

TEST(Compose, NobodyAndTooManyAreRefused) {
  EXPECT_EQ(refused(content_of(0)).reason, Reason::input_invalid);
  EXPECT_EQ(refused(content_of(201)).reason, Reason::too_many_pages);
}

}  // namespace
}  // namespace mado::paper
