// The typeface of every certificate: one font file (IPAmj明朝). A character is a base character with, possibly, a
// variation selector (IVS/SVS); both are looked up in the font's own tables before anything is drawn, because shaping
// libraries drop an unknown selector and replace an unknown character without a word. Nothing is normalised. A sequence
// of another registered collection (Adobe-Japan1: U+9089 U+E0102) is not in IPAmj明朝; further fonts may be named that
// are asked for such sequences and for nothing else (docs/decisions/0012). Sources: facts on characters of
// 文字情報基盤; mission, wish 5: "or a refusal, never a silently different glyph".
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "base/refusal.hpp"
#include "paper/glyph.hpp"

namespace mado::paper {

// A character of the font: which glyph (a number that only the font reads), and how far the pen moves, in ems (1.0 is
// the type size).
struct Character {
  std::uint32_t glyph = 0;
  double advance = 0;
};

// Thread-safe. Keeps what was drawn lately, encoded, up to a bound (paper/glyph_cache.hpp).
class Font {
 public:
  static constexpr std::size_t most_text_bytes = 2000;
  static constexpr int most_glyph_pixels = 600;  // type size
  static constexpr std::size_t default_cache_bytes = 32 * 1024 * 1024;

  static constexpr std::size_t most_sequence_fonts = 4;

  // Reads whole font files, once. `sequence_fonts` are asked, in their order, for a base character with a selector that
  // `file` lacks; each may be a collection, of which the first face is taken. Refusal: configuration_invalid if one is
  // no font with scalable outlines, or there are too many.
  static Outcome<Font> load(const std::filesystem::path& file,
                            const std::vector<std::filesystem::path>& sequence_fonts = {},
                            std::size_t cache_bytes = default_cache_bytes);

  Font(Font&&) noexcept;
  ~Font();

  // The characters of a text in UTF-8, one for each base character with its selector, in order.
  // Refusals: character_not_available if no font has a character or a selector's sequence, for a control character,
  // a combining mark, a selector without a base; the cause names the code points, never the text. text_too_long over
  // most_text_bytes; input_invalid if the text is no UTF-8.
  Outcome<std::vector<Character>> characters_of(std::string_view text) const;

  // The glyph at a type size of `pixels` (1 to most_glyph_pixels). Refusal: internal if it cannot be drawn.
  Outcome<std::shared_ptr<const Glyph>> glyph(std::uint32_t glyph, int pixels) const;

  // A black rectangle of `width` × `height` pixels, kept as glyphs are. Refusal: internal if it does not fit a page.
  Outcome<std::shared_ptr<const Symbol>> rule(int width, int height) const;

  std::size_t cached_bytes() const;

 private:
  struct Inside;
  explicit Font(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace mado::paper
