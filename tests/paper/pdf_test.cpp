// The PDF that is printed: our images and nothing else, as qpdf, poppler, ghostscript and mupdf see it.
#include <algorithm>

#include "paper/page_image.hpp"
#include "tests/paper/judge.hpp"
#include "tests/paper/specimen.hpp"

namespace mado::paper {
namespace {

const PdfFacts facts{"00112233445566778899aabbccddeeff"};

// Bars, a diagonal and single pixels: rows that differ from each other, ink at all four edges.
Raster drawn_page(int seed) {
  Raster page;
  page.fill({0, 0, 4960, 3});
  page.fill({0, 7013, 4960, 7016});
  page.fill({0, 0, 2, 7016});
  page.fill({4957, 0, 4960, 7016});
  for (int i = 0; i < 1000; ++i) page.fill({300 + i * 4, 200 + i * 6, 320 + i * 4 + seed, 204 + i * 6});
  for (int i = 0; i < 500; ++i) page.fill({2000 + i * 5, 900 + seed, 2001 + i * 5, 901 + seed});
  return page;
}

EncodedImage image(int seed) { return encode_image(drawn_page(seed)).value(); }

Bytes bits_of(const Raster& page) { return {page.bits().begin(), page.bits().end()}; }

TEST(Pdf, HoldsTheImagesByteForByteFrontsAndBacksInOrder) {
  const std::vector<Sheet> sheets{{image(1), image(2)}, {image(3), std::nullopt}};
  for (const auto& tint : {std::optional<EncodedImage>{}, std::optional{image(9)}}) {
    const auto pdf = write_pdf(sheets, tint, facts).value();
    EXPECT_EQ(images_of_pdf(pdf).value(), (std::vector{image(1), image(2), image(3)}));
    for (const auto& encoded : {image(1), image(2), image(3)}) {
      EXPECT_FALSE(std::ranges::search(pdf, encoded).empty());
    }
  }
}

TEST(Pdf, IsDeterministicAndCarriesNothingButTheIssuance) {
  const std::vector<Sheet> sheets{{image(1), std::nullopt}};
  const auto pdf = write_pdf(sheets, std::nullopt, facts).value();
  EXPECT_EQ(pdf, write_pdf(sheets, std::nullopt, facts).value());
  const auto text = string_of(pdf);
  for (const auto* key : {"/CreationDate", "/ModDate", "/Producer", "/Creator", "/Font", "/Metadata", "/JavaScript"}) {
    EXPECT_EQ(text.find(key), std::string::npos) << key;
  }
  EXPECT_NE(text.find("<00112233445566778899aabbccddeeff>"), std::string::npos) << "the first identifier";
}

TEST(Pdf, RefusesWhatItCannotWrite) {
  const std::vector<Sheet> one{{image(1), std::nullopt}};
  EXPECT_EQ(write_pdf({}, std::nullopt, facts).error().reason, Reason::input_invalid);
  EXPECT_EQ(write_pdf(std::vector<Sheet>(1), std::nullopt, facts).error().reason, Reason::input_invalid);
  EXPECT_EQ(write_pdf(one, EncodedImage{}, facts).error().reason, Reason::input_invalid);
  EXPECT_EQ(write_pdf(one, std::nullopt, {"渡邉"}).error().reason, Reason::input_invalid);
  EXPECT_EQ(write_pdf(one, std::nullopt, {std::string(34, 'a')}).error().reason, Reason::input_invalid);
}

TEST(Pdf, AChangedByteAnywhereIsRefused) {
  const auto pdf = write_pdf(std::vector<Sheet>{{image(1), std::nullopt}}, std::nullopt, facts).value();
  for (std::size_t i = 0; i < pdf.size(); i += std::max<std::size_t>(pdf.size() / 300, 1)) {
    auto changed = pdf;
    changed[i] ^= 0x01;
    const auto found = images_of_pdf(changed);
    ASSERT_FALSE(found) << "at byte " << i;
    EXPECT_EQ(found.error().reason, Reason::message_malformed);
  }
  auto longer = pdf;
  longer.push_back('\n');
  EXPECT_FALSE(images_of_pdf(longer));
  EXPECT_FALSE(images_of_pdf({}));
  EXPECT_FALSE(images_of_pdf(bytes_of("%PDF-1.7 and no more")));
}

TEST(PdfJudged, QpdfFindsNothingWrongAndPopplerOneImageAPageAndNoText) {
  const judge::Directory here;
  const std::vector<Sheet> sheets{{image(1), image(2)}};
  const auto plain = here.write("plain.pdf", write_pdf(sheets, std::nullopt, facts).value());
  const auto tinted = here.write("tinted.pdf", write_pdf(sheets, image(9), facts).value());
  for (const auto& pdf : {plain, tinted}) {
    const auto checked = judge::run("qpdf --check " + pdf);
    EXPECT_EQ(checked.exit, 0) << checked.output;
    EXPECT_EQ(judge::run("pdftotext " + pdf + " -").output.find_first_not_of("\f\n "), std::string::npos);
    EXPECT_EQ(judge::run("pdffonts " + pdf + " | tail -n +3").output, "");
    EXPECT_NE(judge::run("pdfinfo " + pdf).output.find("(A4)"), std::string::npos);
  }
  const auto column = [](const std::string& pdf) {
    return judge::run("pdfimages -list " + pdf + " | awk 'NR>2 {print $1,$3,$4,$5,$7,$8,$9,$13,$14}'").output;
  };
  EXPECT_EQ(column(plain), "1 image 4960 7016 1 1 jbig2 600 600\n2 image 4960 7016 1 1 jbig2 600 600\n");
  EXPECT_EQ(column(tinted),
            "1 image 4960 7016 1 1 jbig2 600 600\n1 stencil 4960 7016 1 1 jbig2 600 600\n"
            "2 image 4960 7016 1 1 jbig2 600 600\n2 stencil 4960 7016 1 1 jbig2 600 600\n");
}

struct Renderer {
  const char* name;
  std::string command;  // %s.pdf → page.pnm
};

std::vector<Renderer> renderers(const judge::Directory& here, const std::string& pdf) {
  const auto out = here.file("page");
  return {
      {"pdfimages", "pdfimages " + pdf + " " + out + " && mv " + out + "-000.pbm " + out},
      {"pdftoppm", "pdftoppm -r 600 -gray -singlefile " + pdf + " " + out + " && mv " + out + ".pgm " + out},
      {"ghostscript", "gs -q -dNOPAUSE -dBATCH -dSAFER -sDEVICE=pgmraw -r600 -sOutputFile=" + out + " " + pdf},
      {"mutool", "mutool draw -q -r 600 -c gray -F pgm -o " + out + " " + pdf + " 1"},
  };
}

TEST(PdfJudged, EveryRendererShowsTheVeryPixels) {
  const judge::Directory here;
  const auto pdf = here.write("a.pdf", write_pdf(std::vector<Sheet>{{image(1), {}}}, std::nullopt, facts).value());
  const auto expected = bits_of(drawn_page(1));
  for (const auto& [name, command] : renderers(here, pdf)) {
    const auto ran = judge::run(command);
    ASSERT_EQ(ran.exit, 0) << name << ran.output;
    const auto seen = judge::black_of_pnm(here.read("page"));
    if (std::string_view(name) == "pdftoppm") {
      // poppler's renderer scales every image by up to one pixel, and so repeats or drops single rows and columns: only
      // some of the 500 dots of one pixel may be missing.
      EXPECT_LE(judge::stray_pixels(seen, expected, row_bytes), 500U) << name;
    } else {
      EXPECT_EQ(judge::differing_pixels(seen, expected), 0U) << name;
    }
  }
}

TEST(PdfJudged, TheTintShowsThroughWhereThePageIsWhite) {
  const judge::Directory here;
  Raster tint;
  for (int i = 0; i < 200; ++i) tint.fill({100 + i * 20, 3000, 105 + i * 20, 3400});
  const auto tint_image = encode_image(tint).value();
  const auto pdf = here.write("a.pdf", write_pdf(std::vector<Sheet>{{image(1), {}}}, tint_image, facts).value());
  auto expected = bits_of(drawn_page(1));
  for (std::size_t i = 0; i < expected.size(); ++i) expected[i] |= tint.bits()[i];
  for (const auto& [name, command] : renderers(here, pdf)) {
    if (std::string_view(name) == "pdfimages") continue;  // it takes images out and draws none
    const auto ran = judge::run(command);
    ASSERT_EQ(ran.exit, 0) << name << ran.output;
    EXPECT_EQ(judge::stray_pixels(judge::black_of_pnm(here.read("page")), expected, row_bytes), 0U) << name;
  }
}

}  // namespace
}  // namespace mado::paper
