// Every decoder at hand shows the very pixels that the raster composer paints: jbig2dec by itself, and poppler,
// ghostscript and mupdf from the PDF. (ghostscript and mupdf may use libjbig2dec too; poppler's decoder is its own.)
#include <string_view>

#include "paper/compose.hpp"
#include "paper/page_image.hpp"
#include "tests/paper/drawn_pages.hpp"
#include "tests/paper/judge.hpp"
#include "tests/paper/specimen.hpp"

namespace mado::paper {
namespace {

struct Decoder {
  std::string_view name;
  std::string_view command;  // over a.jb2 or a.pdf, to the file page
};

constexpr Decoder decoders[] = {
    {"jbig2dec", "jbig2dec -q -e -t pbm -o page a.jb2"},
    {"poppler", "pdfimages a.pdf page && mv page-000.pbm page"},
    {"ghostscript", "gs -q -dNOPAUSE -dBATCH -dSAFER -sDEVICE=pbmraw -r600 -sOutputFile=page a.pdf"},
    {"mupdf", "mutool draw -q -r 600 -c mono -F pbm -o page a.pdf 1"},
};

void expect_shown(const Bytes& image, const Raster& expected) {
  const judge::Directory here;
  here.write("a.jb2", image);
  here.write("a.pdf", write_pdf(std::vector<Sheet>{{image, {}}}, std::nullopt, {"00"}).value());
  const Bytes pixels{expected.bits().begin(), expected.bits().end()};
  for (const auto& [name, command] : decoders) {
    const auto ran = judge::run("cd " + here.file("") + " && " + std::string(command));
    ASSERT_EQ(ran.exit, 0) << name << ": " << ran.output;
    const bool is_silent = ran.output.empty() || ran.output == "warning: ICC support is not available\n";
    EXPECT_TRUE(is_silent) << name << ": " << ran.output;
    EXPECT_EQ(judge::differing_pixels(judge::black_of_pnm(here.read("page")), pixels), 0U) << name;
  }
}

void expect_shown(const Drawing& page) { expect_shown(encode_image(page).value(), page.pixels()); }

// At each count the tree of dictionaries has another shape; beyond 256 segments their numbers take two bytes.
TEST(PageImageJudged, AnyNumberOfSymbols) {
  for (const std::size_t symbols : {1U, 2U, 4U, 5U, 17U, 65U, 193U, 260U, 1100U}) {
    SCOPED_TRACE(symbols);
    expect_shown(drawn_pages::of_symbols(symbols, symbols + 30));
  }
}

TEST(PageImageJudged, AsManySymbolsAsMayBe) { expect_shown(drawn_pages::of_symbols(8192, 20'000)); }

TEST(PageImageJudged, RulesAndMarksAtEveryEdge) {
  Drawing page;
  const auto add = [&](int left, int top, int width, int height) {
    page.add({Symbol::filled(width, height).value(), left, top});
  };
  add(0, 0, 4960, 3);
  add(0, 7013, 4960, 3);
  add(0, 0, 2, 7016);
  add(4957, 0, 3, 7016);
  add(4959, 7015, 1, 1);
  for (int i = 0; i < 200; ++i) add(100 + 3 * i, 100 + 5 * i, 1 + 7 * i % 50, 1 + 3 * i % 40);
  expect_shown(page);
}

TEST(PageImageJudged, PagesOfPixels) {
  Raster page;
  for (int i = 0; i < 900; ++i) page.fill({i * 5, i * 7, i * 5 + 3 + i % 40, i * 7 + 1 + i % 9});
  page.fill({4000, 0, 4960, 700});
  expect_shown(encode_image(page).value(), page);
  expect_shown(encode_image(Raster{}).value(), Raster{});
}

TEST(PageImageJudged, AResidenceFormWithItsSeal) {
  const auto& form = specimen::residence_form();
  const auto values_of = [](const Area& area) {
    Values values;
    for (const auto& field : area.fields) {
      if (field.name == "page_number") continue;
      values.emplace(field.name, Value::of(field.box.width < 10 ? "1" : "渡邉　太郎　令和8年"));
    }
    return values;
  };
  Content content;
  content.page = values_of(form.page);
  content.footer = values_of(form.footer);
  for (const auto* id : {"1", "2", "3", "4", "5"})
    content.rows.push_back({"person", id, values_of(form.row("person")->area)});
  const auto drawn = draw(form, specimen::font(), specimen::seal(), content).value();
  ASSERT_EQ(drawn.pages.size(), 2U);
  for (const auto& page : drawn.pages) expect_shown(page);
}

}  // namespace
}  // namespace mado::paper
