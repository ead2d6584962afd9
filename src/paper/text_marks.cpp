#include "paper/text_marks.hpp"

#include "paper/layout.hpp"

namespace mado::paper {

Outcome<std::vector<Mark>> text_marks(std::string_view text, const Box& box, const Type& type, const Font& font) {
  std::vector<Mark> marks;
  if (text.empty()) return marks;
  MADO_TRY(characters, font.characters_of(text));
  MADO_TRY(layout, lay_out(characters, box, type));
  const auto bounds = pixels_of(box);
  marks.reserve(layout.glyphs.size());
  for (const auto& placed : layout.glyphs) {
    MADO_TRY(glyph, font.glyph(placed.glyph, layout.pixels));
    if (glyph->symbol == nullptr) continue;
    const Mark mark{glyph->symbol, placed.pen + glyph->left, placed.baseline - glyph->top};
    if (!bounds.holds(mark.box()) || !lies_on_page(mark)) {
      return refuse(Reason::page_check_failed, "ink would leave its box");
    }
    marks.push_back(mark);
  }
  return marks;
}

}  // namespace mado::paper
