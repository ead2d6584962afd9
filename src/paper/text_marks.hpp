// A text in its box, as marks: shaped, laid out, each glyph from the font's cache.
#pragma once

#include <string_view>
#include <vector>

#include "paper/drawing.hpp"
#include "paper/font.hpp"
#include "paper/form.hpp"

namespace mado::paper {

// None for an empty text. Refusals: what Font::characters_of and lay_out refuse; page_check_failed if ink would leave
// the box or the page.
Outcome<std::vector<Mark>> text_marks(std::string_view text, const Box& box, const Type& type, const Font& font);

}  // namespace mado::paper
