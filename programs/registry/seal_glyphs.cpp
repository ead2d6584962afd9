#include "seal_glyphs.hpp"

#include "base/utf8.hpp"
#include "paper/font.hpp"
#include "paper/symbol.hpp"

namespace mado::registry {

namespace {
// A seal shows the character; which variant it is, its carver decides.
Outcome<std::vector<paper::Character>> character_or_its_base(const paper::Font& font, std::string_view character) {
  auto found = font.characters_of(character);
  if (found) return found;
  auto rest = character;
  if (!take_character(rest)) return found;
  return font.characters_of(character.substr(0, character.size() - rest.size()));
}

// The ink within its bounds, stretched to the square.
std::vector<bool> stretched(const paper::BitmapView& ink, int side) {
  std::vector<bool> square(static_cast<std::size_t>(side) * static_cast<std::size_t>(side));
  std::size_t at = 0;
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x, ++at) {
      const auto from_x = static_cast<std::size_t>(x * ink.width / side);
      const auto from_y = static_cast<std::size_t>(y * ink.height / side);
      square[at] = ((ink.rows[from_y * ink.stride + from_x / 8] >> (7 - from_x % 8)) & 1) != 0;
    }
  }
  return square;
}
}  // namespace

Outcome<SealGlyphs> glyphs_of_font(const std::filesystem::path& file) {
  MADO_TRY(loaded, paper::Font::load(file));
  const auto font = std::make_shared<const paper::Font>(std::move(loaded));
  return SealGlyphs([font](std::string_view character, int side) -> std::vector<bool> {
    const auto found = character_or_its_base(*font, character);
    if (!found || found->size() != 1) return {};
    const auto glyph = font->glyph(found->front().glyph, std::min(side, paper::Font::most_glyph_pixels));
    if (!glyph || !(*glyph)->symbol) return {};
    return stretched((*glyph)->symbol->bitmap(), side);
  });
}

}  // namespace mado::registry
