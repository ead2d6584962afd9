// The right glyph or a refusal: what shaping libraries do silently must not happen here.
#include "paper/font.hpp"

#include <ft2build.h>

#include "base/utf8.hpp"
#include "tests/paper/specimen.hpp"

#include FT_FREETYPE_H

namespace mado::paper {
namespace {

using specimen::font;

std::uint32_t glyph_of(std::string_view text) {
  const auto characters = font().characters_of(text);
  return characters && characters->size() == 1 ? characters->front().glyph : 0;
}

Refusal refused(std::string_view text) { return font().characters_of(text).error(); }

// The font's own tables (cmap formats 12 and 14) as FreeType reads them: the judge of what HarfBuzz found.
class FontTables {
 public:
  explicit FontTables(const char* file = specimen::font_file) {
    FT_Init_FreeType(&library_);
    FT_New_Face(library_, file, 0, &face_);
  }
  ~FontTables() { FT_Done_FreeType(library_); }
  std::uint32_t glyph(char32_t base) const { return FT_Get_Char_Index(face_, base); }
  std::uint32_t glyph(char32_t base, char32_t selector) const {
    return FT_Face_GetCharVariantIndex(face_, base, selector);
  }

 private:
  FT_Library library_ = nullptr;
  FT_Face face_ = nullptr;
};

TEST(Font, ABaseCharacterAndItsSelectorAreOneGlyphOfTheFontsOwnTable) {
  const FontTables tables;
  EXPECT_EQ(glyph_of("\u9089"), tables.glyph(0x9089));
  EXPECT_EQ(glyph_of("\u9089\U000E010F"), tables.glyph(0x9089)) << "the default of its base";
  EXPECT_EQ(glyph_of("\u9089\U000E0110"), tables.glyph(0x9089, 0xE0110));
  EXPECT_EQ(glyph_of("\u845B\U000E0102"), tables.glyph(0x845B, 0xE0102));
  EXPECT_NE(glyph_of("\u9089\U000E0110"), glyph_of("\u9089"));
  EXPECT_NE(glyph_of("\u845B\U000E0102"), glyph_of("\u845B"));
  EXPECT_EQ(font().characters_of("渡\u9089\U000E0110　太郎").value().size(), 5U);
}

TEST(Font, ASequenceThatTheFontLacksIsRefusedByItsCodePoints) {
  const auto refusal = refused("渡\u9089\U000E0102");  // of another collection (Adobe-Japan1)
  EXPECT_EQ(refusal.reason, Reason::character_not_available);
  EXPECT_NE(refusal.cause.find("U+9089 U+E0102"), std::string::npos) << refusal.cause;
  EXPECT_EQ(refusal.cause.find("渡"), std::string::npos) << "a cause carries no name";
}

// docs/decisions/0012
struct SequenceFont : ::testing::Test {
  static constexpr auto other_file = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc";
  const Font both = Font::load(specimen::font_file, {other_file}).value();

  std::uint32_t glyph_of(std::string_view text) const { return both.characters_of(text).value().at(0).glyph; }
  Bytes drawn(std::string_view text) const { return both.glyph(glyph_of(text), 120).value()->symbol->dictionary(); }
};

TEST_F(SequenceFont, DrawsASequenceThatTheFirstFontLacks) {
  const FontTables tables(other_file);
  ASSERT_NE(tables.glyph(0x9089, 0xE0102), 0U);
  EXPECT_EQ(glyph_of("\u9089\U000E0102") & 0xffffff, tables.glyph(0x9089, 0xE0102));
  for (const auto* another : {"\u9089", "\u9089\U000E0101", "\u9089\U000E0103", "\u9089\U000E0110"}) {
    EXPECT_NE(drawn("\u9089\U000E0102"), drawn(another)) << "渡邉󠄂 keeps its own glyph";
  }
}

TEST_F(SequenceFont, DrawsNothingThatTheFirstFontHas) {
  EXPECT_EQ(drawn("\u9089\U000E0110"),
            font().glyph(mado::paper::glyph_of("\u9089\U000E0110"), 120).value()->symbol->dictionary());
  EXPECT_EQ(drawn("渡"), font().glyph(mado::paper::glyph_of("渡"), 120).value()->symbol->dictionary());
}

TEST_F(SequenceFont, IsNotAskedForACharacterWithoutASelector) {
  const FontTables tables(other_file);
  ASSERT_NE(tables.glyph(U'한'), 0U);
  EXPECT_EQ(both.characters_of("한").error().reason, Reason::character_not_available);
}

TEST_F(SequenceFont, ASequenceThatNoFontHasIsRefused) {
  EXPECT_EQ(both.characters_of("\u9089\U000E01EF").error().reason, Reason::character_not_available);
  EXPECT_EQ(Font::load(specimen::font_file, std::vector<std::filesystem::path>(5, other_file)).error().reason,
            Reason::configuration_invalid);
}

TEST(Font, ACharacterThatTheFontLacksIsRefused) {
  for (const auto* text : {"\u9FEE", "\u9FEF", "\U0001F600", "\uE000", "한", "\uFFFF"}) {
    EXPECT_EQ(refused(text).reason, Reason::character_not_available) << text;
  }
  EXPECT_NE(refused("\u9FEE").cause.find("U+9FEE"), std::string::npos);
}

TEST(Font, WhatWouldVanishOrFallOverAnotherCharacterIsRefused) {
  for (const auto* text :
       {"\U000E0110", "渡\uFE00\uFE00", "か\u3099", "a\u0301", "a\nb", "\t", "\u200B", "\u202E", "\uFEFF"}) {
    EXPECT_EQ(refused(text).reason, Reason::character_not_available);
  }
}

TEST(Font, NothingIsNormalised) {
  EXPECT_NE(glyph_of("\uFA19"), 0U);
  EXPECT_NE(glyph_of("\uFA19"), glyph_of("\u795E")) << "神 of the compatibility block is another shape";
}

TEST(Font, TextIsStrictUtf8OfBoundedLength) {
  for (const std::string text : {"\xff", "\xc0\x80", "\xe6\xb8", "\xed\xa0\x80", "\xf4\x90\x80\x80", "a\xe6", "\x80"}) {
    EXPECT_EQ(refused(text).reason, Reason::input_invalid);
  }
  EXPECT_TRUE(font().characters_of(std::string(Font::most_text_bytes, 'a')));
  EXPECT_EQ(refused(std::string(Font::most_text_bytes + 1, 'a')).reason, Reason::text_too_long);
  EXPECT_TRUE(font().characters_of("").value().empty());
}

TEST(Font, AdvancesAreInEms) {
  EXPECT_DOUBLE_EQ(font().characters_of("渡").value()[0].advance, 1.0);
  EXPECT_DOUBLE_EQ(font().characters_of("　").value()[0].advance, 1.0);
  EXPECT_LT(font().characters_of("1").value()[0].advance, 0.7);
}

TEST(Font, AGlyphHasTheSizeThatWasAskedFor) {
  const auto index = glyph_of("国");
  const auto small = font().glyph(index, 50).value();
  const auto large = font().glyph(index, 100).value();
  EXPECT_NEAR(small->symbol->height(), 46, 8);
  EXPECT_NEAR(large->symbol->height(), 2 * small->symbol->height(), 4);
  EXPECT_TRUE(font().glyph(index, Font::most_glyph_pixels));
  EXPECT_FALSE(font().glyph(index, Font::most_glyph_pixels + 1));
  EXPECT_FALSE(font().glyph(index, 0));
  EXPECT_FALSE(font().glyph(9'999'999, 50));
}

TEST(Font, TheCacheIsBoundedAndDoesNotChangeWhatIsDrawn) {
  const auto narrow = Font::load(specimen::font_file, {}, 4000).value();
  const auto characters = font().characters_of("東京都千代田区平河町一丁目番号本籍筆頭者住民票").value();
  for (int round = 0; round < 2; ++round) {
    for (const auto& character : characters) {
      const auto drawn = narrow.glyph(character.glyph, 80).value();
      EXPECT_EQ(drawn->symbol->dictionary(), font().glyph(character.glyph, 80).value()->symbol->dictionary());
      EXPECT_LE(narrow.cached_bytes(), 4000U);
    }
  }
}

TEST(Font, ASpaceHasNoSymbol) {
  EXPECT_EQ(font().glyph(glyph_of("　"), 80).value()->symbol, nullptr);
  EXPECT_EQ(font().glyph(glyph_of(" "), 80).value()->symbol, nullptr);
}

// Ligatures and compositions of the font (ccmp, liga) would replace what was recorded.
TEST(Font, ShapingKeepsEveryCharacter) {
  for (const std::string text : {"fi fl ffi", "AVATAR To Wa", "1/2 ㌖ か゚ セ゚", "ﾊﾟﾝ", "...", "〳〵 〱", "!? ‼"}) {
    const auto characters = font().characters_of(text);
    if (!characters) {
      EXPECT_EQ(characters.error().reason, Reason::character_not_available) << text;
      continue;
    }
    auto rest = std::string_view(text);
    for (const auto& character : *characters) {
      const auto before = rest;
      ASSERT_TRUE(take_character(rest));
      EXPECT_EQ(character.glyph, glyph_of(before.substr(0, before.size() - rest.size()))) << text;
    }
  }
}

TEST(Font, AFileThatIsNoFontIsRefused) {
  EXPECT_EQ(Font::load("no/such/font.ttf").error().reason, Reason::configuration_invalid);
  EXPECT_EQ(Font::load(MADOGUCHI_SOURCE_DIR "/forms/residence.toml").error().reason, Reason::configuration_invalid);
}

}  // namespace
}  // namespace mado::paper
