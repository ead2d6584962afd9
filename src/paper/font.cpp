#include "paper/font.hpp"

#include <fmt/format.h>

#include <mutex>

#include "base/utf8.hpp"
#include "paper/glyph_cache.hpp"
#include "paper/typeface.hpp"

namespace mado::paper {

namespace {
using Text = std::vector<WrittenCharacter>;

// Of a Character's glyph number: which font it is of; font files have at most 65,535 glyphs.
constexpr unsigned face_shift = 24;
constexpr std::uint32_t glyph_mask = (1U << face_shift) - 1;
// In the cache, rules stand as glyphs of a font that there is not.
constexpr std::uint32_t rules = 0xffU << face_shift;

std::unexpected<Refusal> lacks(WrittenCharacter character) {
  auto name = fmt::format("U+{:04X}", static_cast<std::uint32_t>(character.base));
  if (character.selector != WrittenCharacter::no_selector) {
    name += fmt::format(" U+{:04X}", static_cast<std::uint32_t>(character.selector));
  }
  return refuse(Reason::character_not_available, "the font has no glyph for " + name);
}

Outcome<Text> read(std::string_view text) {
  Text characters;
  characters.reserve(text.size() / 2);
  while (!text.empty()) {
    const auto read = take_character(text);
    if (!read) return refuse(Reason::input_invalid, "a text is not valid UTF-8");
    if (!is_variation_selector(*read)) {
      characters.push_back({*read});
    } else if (characters.empty() || characters.back().selector != WrittenCharacter::no_selector) {
      return lacks({*read});
    } else {
      characters.back().selector = *read;
    }
  }
  return characters;
}
}  // namespace

struct Font::Inside {
  explicit Inside(std::size_t cache_bytes) : cache(cache_bytes) {}

  std::mutex lock;                  // over drawing and the cache
  std::vector<Typeface> typefaces;  // the first draws everything that it has
  GlyphCache cache;

  Outcome<std::uint32_t> look_up(WrittenCharacter character) const;
  Outcome<void> shape(std::span<const WrittenCharacter> run, std::span<Character> characters) const;
};

Outcome<std::uint32_t> Font::Inside::look_up(WrittenCharacter character) const {
  // A character without a selector is the first font's, or nobody's: no page mixes typefaces without need.
  const std::size_t asked = character.selector == WrittenCharacter::no_selector ? 1 : typefaces.size();
  for (std::uint32_t i = 0; i < asked; ++i) {
    if (const auto glyph = typefaces[i].glyph_of(character)) return i << face_shift | *glyph;
  }
  return lacks(character);
}

// `characters` of one typeface, whose glyphs are known.
Outcome<void> Font::Inside::shape(std::span<const WrittenCharacter> run, std::span<Character> characters) const {
  std::vector<std::uint32_t> glyphs;
  glyphs.reserve(run.size());
  for (const auto& character : characters) glyphs.push_back(character.glyph & glyph_mask);
  MADO_TRY(advances, typefaces[characters.front().glyph >> face_shift].shape(run, glyphs));
  for (std::size_t i = 0; i < run.size(); ++i) characters[i].advance = advances[i];
  return {};
}

Outcome<Font> Font::load(const std::filesystem::path& file, const std::vector<std::filesystem::path>& sequence_fonts,
                         std::size_t cache_bytes) {
  if (sequence_fonts.size() > most_sequence_fonts)
    return refuse(Reason::configuration_invalid, fmt::format("more than {} fonts for sequences", most_sequence_fonts));
  auto inside = std::make_unique<Inside>(cache_bytes);
  MADO_TRY(first, Typeface::load(file));
  inside->typefaces.push_back(std::move(first));
  for (const auto& other : sequence_fonts) {
    MADO_TRY(typeface, Typeface::load(other));
    inside->typefaces.push_back(std::move(typeface));
  }
  return Font{std::move(inside)};
}

Font::Font(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Font::Font(Font&&) noexcept = default;
Font::~Font() = default;

Outcome<std::vector<Character>> Font::characters_of(std::string_view text) const {
  if (text.size() > most_text_bytes) return refuse(Reason::text_too_long, "a text exceeds 2000 bytes");
  MADO_TRY(written, read(text));
  std::vector<Character> characters;
  characters.reserve(written.size());
  for (const auto& character : written) {
    MADO_TRY(glyph, inside_->look_up(character));
    characters.push_back({glyph, 0});
  }
  const auto face_of = [&](std::size_t i) { return characters[i].glyph >> face_shift; };
  for (std::size_t from = 0, to = 0; from < characters.size(); from = to) {
    while (to < characters.size() && face_of(to) == face_of(from)) ++to;
    MADO_CHECK(
        inside_->shape(std::span(written).subspan(from, to - from), std::span(characters).subspan(from, to - from)));
  }
  return characters;
}

Outcome<std::shared_ptr<const Glyph>> Font::glyph(std::uint32_t index, int pixels) const {
  if (pixels < 1 || pixels > most_glyph_pixels) return refuse(Reason::internal, "a type size is out of bounds");
  const auto face = index >> face_shift;
  if (face >= inside_->typefaces.size()) return refuse(Reason::internal, "a glyph of no font");
  const GlyphKey key{index, pixels};
  const std::lock_guard guard(inside_->lock);
  if (auto kept = inside_->cache.find(key)) return kept;
  MADO_TRY(glyph, inside_->typefaces[face].draw(index & glyph_mask, pixels));
  inside_->cache.keep(key, glyph);
  return glyph;
}

Outcome<std::shared_ptr<const Symbol>> Font::rule(int width, int height) const {
  const GlyphKey key{rules | static_cast<std::uint32_t>(width), height};
  const std::lock_guard guard(inside_->lock);
  if (const auto kept = inside_->cache.find(key)) return kept->symbol;
  MADO_TRY(symbol, Symbol::filled(width, height));
  inside_->cache.keep(key, std::make_shared<const Glyph>(Glyph{symbol, 0, 0}));
  return symbol;
}

std::size_t Font::cached_bytes() const {
  const std::lock_guard guard(inside_->lock);
  return inside_->cache.bytes();
}

}  // namespace mado::paper
