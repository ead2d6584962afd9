// Rows flow over pages: heights follow the text, what belongs together stays together, heads are repeated.
#include "paper/arrange.hpp"

#include <algorithm>
#include <deque>

#include "paper/layout.hpp"
#include "tests/paper/specimen.hpp"

namespace mado::paper {
namespace {

using specimen::font;
using specimen::seal;

Form form_of(const std::string& rest = "") {
  return parse_form(R"(name = "flowing"
version = "1"
seal = [160, 250, 26, 26]
[texts]
page_number = "（{総ページ}の{ページ}）"
[page]
field = [{ name = "page_number", box = [150, 10, 30, 8], size = 4 }]
image = [{ name = "impression", box = [20, 10, 30, 28] }]
[flow]
at = [20, 40, 100, 100]
last_height = 60
rest = { text = "以下余白", box = [0, 2, 50, 6], size = 4 }
[row.head]
height = 10
with_next = true
field = [{ name = "name", box = [0, 0, 60, 10], size = 5, mandatory = true }]
[row.line]
height = 10
heads = ["head"]
line = [{ box = [0, 0, 100, 0.1] }, { box = [50, 0, 0.1, 10] }]
field = [{ name = "text", box = [51, 0.2, 41.6, 9.8], size = 5, leading = 1.4, grows = true }]
label = [{ text = "記", box = [0, 1, 10, 8], size = 4 }]
[row.chapter]
height = 10
starts_page = true
[footer]
field = [{ name = "date", box = [20, 200, 60, 8], size = 4 }]
)" + rest,
                    "flowing.toml")
      .value();
}

FilledRow head(const std::string& name) {
  FilledRow row{"head", name, {}};
  row.values.emplace("name", Value::of(name));
  return row;
}
FilledRow line(int characters = 1) {
  std::string text;
  for (int i = 0; i < characters; ++i) text += "国";
  FilledRow row{"line", "", {}};
  row.values.emplace("text", Value::of(text));
  return row;
}

Outcome<std::vector<PlacedPage>> arranged(std::vector<FilledRow> rows) {
  static const auto form = form_of();
  static std::deque<Content> kept;  // pages point into it
  auto& content = kept.emplace_back();
  content.rows = std::move(rows);
  static const auto bitmap = seal().bitmap();
  return arrange(form, font(), bitmap, content);
}

std::size_t count(const PlacedPage& page, std::string_view field) {
  return static_cast<std::size_t>(std::ranges::count(page.texts, field, &PlacedText::name));
}
std::vector<FilledRow> rows_of(int lines) {
  std::vector<FilledRow> rows;
  rows.push_back(head("甲"));
  for (int i = 0; i < lines; ++i) rows.push_back(line());
  return rows;
}

TEST(Arrange, ARowGrowsWithItsTextAndSoDoesWhatReachesItsLowerEdge) {
  std::vector<FilledRow> rows;
  rows.push_back(line(17));  // 8 a line at 5 mm: three lines
  rows.push_back(line());
  const auto pages = arranged(std::move(rows)).value();
  ASSERT_EQ(pages.size(), 1U);
  const auto& page = pages[0];
  EXPECT_DOUBLE_EQ(page.lines[0].height, 0.1) << "across the top";
  EXPECT_DOUBLE_EQ(page.lines[1].height, 10 + 2 * 1.4 * 5) << "between the columns";
  EXPECT_DOUBLE_EQ(page.lines[2].y, 40 + 10 + 2 * 1.4 * 5) << "of the next row";
}

TEST(Arrange, PagesEndWhereTheFlowIsFullAndRepeatTheHead) {
  const auto pages = arranged(rows_of(13)).value();
  ASSERT_EQ(pages.size(), 2U);
  EXPECT_EQ(count(pages[0], "text"), 9U);
  EXPECT_EQ(count(pages[1], "name"), 1U) << "once more";
  EXPECT_EQ(count(pages[1], "text"), 4U);
  EXPECT_EQ(pages[0].subjects, std::vector<std::string>{"甲"});
  EXPECT_TRUE(pages[1].subjects.empty()) << "a head that is repeated draws nobody again";
}

TEST(Arrange, TheLastPageKeepsRoomForTheFooter) {
  EXPECT_EQ(arranged(rows_of(5)).value().size(), 1U);
  const auto pages = arranged(rows_of(6)).value();
  ASSERT_EQ(pages.size(), 2U);
  EXPECT_EQ(count(pages[0], "text"), 5U);
  EXPECT_EQ(count(pages[1], "text"), 1U);
}

TEST(Arrange, AHeadDoesNotStandAloneAtTheEndOfAPage) {
  auto rows = rows_of(8);
  rows.push_back(head("乙"));
  rows.push_back(line());
  const auto pages = arranged(std::move(rows)).value();
  ASSERT_EQ(pages.size(), 2U);
  EXPECT_EQ(pages[1].subjects, std::vector<std::string>{"乙"});
  EXPECT_EQ(count(pages[1], "name"), 1U);
}

TEST(Arrange, ARowThatStartsAPageDoes) {
  auto rows = rows_of(1);
  rows.push_back({"chapter", "", {}});
  EXPECT_EQ(arranged(std::move(rows)).value().size(), 2U);
}

TEST(Arrange, ThePageNumberIsWrittenAsTheFormSays) { EXPECT_EQ(arranged(rows_of(13)).value()[1].number, "（２の２）"); }

TEST(Arrange, TheRestIsMarkedWhereThereIsRoomForIt) {
  const auto marked = [](const PlacedPage& page) {
    return std::ranges::count(page.texts, "以下余白", &PlacedText::text) == 1;
  };
  EXPECT_TRUE(marked(arranged(rows_of(4)).value()[0]));
  EXPECT_FALSE(marked(arranged(rows_of(5)).value()[0])) << "60 mm are full";
}

TEST(Arrange, RowsThatCannotStandTogetherAreRefused) {
  std::vector<FilledRow> rows;
  for (int i = 0; i < 11; ++i) rows.push_back(head("甲"));
  rows.push_back(line());
  EXPECT_EQ(arranged(std::move(rows)).error().reason, Reason::text_too_long);
  std::vector<FilledRow> long_text;
  long_text.push_back(line(8 * (most_lines + 1)));
  EXPECT_EQ(arranged(std::move(long_text)).error().reason, Reason::text_too_long);
}

TEST(Arrange, ARowOrImageThatTheFormDoesNotHaveIsFound) {
  std::vector<FilledRow> rows;
  rows.push_back({"table", "", {}});
  EXPECT_EQ(arranged(std::move(rows)).error().cause, "the form has no row \"table\"");
  const auto form = form_of();
  Content content;
  content.rows.push_back(head("甲"));
  const auto bitmap = seal().bitmap();
  content.images.emplace("portrait", bitmap);
  EXPECT_EQ(arrange(form, font(), bitmap, content).error().cause, "the form has no image \"portrait\"");
}

TEST(Overflow, IsRefusedCutOrLeftBlankAsTheFormSays) {
  for (const auto& [way, expected] : {std::pair{"limit", "国国国"}, {"blank", ""}}) {
    const auto form = parse_form(std::string(R"(name = "small"
version = "1"
seal = [160, 250, 26, 26]
[page]
field = [{ name = "name", box = [20, 10, 16.6, 8], size = 5, overflow = ")") +
                                     way + R"(" }]
[footer]
)",
                                 "small.toml")
                          .value();
    Content content;
    content.subject = "甲";
    const auto bitmap = seal().bitmap();
    content.page.insert_or_assign("name", Value::of("国国国国国"));
    const auto pages = arrange(form, font(), bitmap, content).value();
    const auto found = std::ranges::find(pages[0].texts, "name", &PlacedText::name);
    EXPECT_EQ(found == pages[0].texts.end() ? "" : found->text, expected);
  }
}

}  // namespace
}  // namespace mado::paper
