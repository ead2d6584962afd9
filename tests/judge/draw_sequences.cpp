// Draws characters as the product does, and beside it, with FreeType alone, the glyphs that somebody else read in the
// font's own table.
//   judge_draw_sequences FONT PIXELS < LINES
// A line is "GLYPH TEXT": a glyph's number, a space, and one character with its selector. For each, in the same order:
// "same", "other glyph", "other pixels", or "refused REASON".
#include <ft2build.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>

#include "paper/font.hpp"

#include FT_FREETYPE_H

namespace mado {
namespace {

// The font before FreeType alone.
class OutsideFace {
 public:
  OutsideFace(const char* file, int pixels) {
    if (FT_Init_FreeType(&library_) != 0 || FT_New_Face(library_, file, 0, &face_) != 0 ||
        FT_Set_Pixel_Sizes(face_, 0, static_cast<FT_UInt>(pixels)) != 0)
      std::exit(2);
  }
  ~OutsideFace() { FT_Done_FreeType(library_); }
  OutsideFace(const OutsideFace&) = delete;
  OutsideFace& operator=(const OutsideFace&) = delete;

  bool looks_like(std::uint32_t index, const paper::Glyph& drawn) const {
    if (FT_Load_Glyph(face_, index, FT_LOAD_NO_HINTING | FT_LOAD_TARGET_MONO | FT_LOAD_RENDER) != 0) return false;
    const auto& slot = *face_->glyph;
    const auto ours = drawn.symbol->bitmap();
    if (slot.bitmap_left != drawn.left || slot.bitmap_top != drawn.top ||
        slot.bitmap.width != static_cast<unsigned>(ours.width) ||
        slot.bitmap.rows != static_cast<unsigned>(ours.height))
      return false;
    for (unsigned y = 0; y < slot.bitmap.rows; ++y) {
      const auto* row = slot.bitmap.buffer + y * static_cast<std::size_t>(slot.bitmap.pitch);
      for (unsigned x = 0; x < slot.bitmap.width; ++x) {
        const auto bit = 0x80U >> (x % 8);
        if ((row[x / 8] & bit) != (ours.rows[y * ours.stride + x / 8] & bit)) return false;
      }
    }
    return true;
  }

 private:
  FT_Library library_ = nullptr;
  FT_Face face_ = nullptr;
};

std::string verdict(const paper::Font& font, const OutsideFace& outside, int pixels, std::string_view text,
                    std::uint32_t glyph) {
  const auto characters = font.characters_of(text);
  if (!characters) return "refused " + std::string(code_of(characters.error().reason));
  if (characters->size() != 1 || characters->front().glyph != glyph) return "other glyph";
  const auto drawn = font.glyph(glyph, pixels);
  if (!drawn) return "refused " + std::string(code_of(drawn.error().reason));
  return (*drawn)->symbol && outside.looks_like(glyph, **drawn) ? "same" : "other pixels";
}

int run(const char* file, int pixels) {
  const auto font = paper::Font::load(file);
  if (!font) return 2;
  const OutsideFace outside(file, pixels);
  for (std::string line; std::getline(std::cin, line);) {
    const auto space = line.find(' ');
    if (space == std::string::npos) return 2;
    const auto glyph = static_cast<std::uint32_t>(std::strtoul(line.c_str(), nullptr, 10));
    std::puts(verdict(*font, outside, pixels, std::string_view(line).substr(space + 1), glyph).c_str());
  }
  return 0;
}

}  // namespace
}  // namespace mado

int main(int count, char** words) {
  if (count == 3) return mado::run(words[1], std::atoi(words[2]));
  std::fputs("usage: judge_draw_sequences FONT PIXELS < LINES\n", stderr);
  return 2;
}
