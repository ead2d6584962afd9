#include "paper/font.hpp"

#include <fmt/format.h>
#include <ft2build.h>
#include <hb.h>

#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <unordered_map>

#include FT_FREETYPE_H

namespace mado::paper {

namespace {
struct LibraryEnd {
  void operator()(FT_Library library) const { FT_Done_FreeType(library); }
};
struct FaceEnd {
  void operator()(FT_Face face) const { FT_Done_Face(face); }
};
struct HbFontEnd {
  void operator()(hb_font_t* font) const { hb_font_destroy(font); }
};
using Library = std::unique_ptr<std::remove_pointer_t<FT_Library>, LibraryEnd>;
using Face = std::unique_ptr<std::remove_pointer_t<FT_Face>, FaceEnd>;
using HbFont = std::unique_ptr<hb_font_t, HbFontEnd>;

constexpr char32_t no_selector = 0;
constexpr unsigned face_shift =
    24;  // of a Character's glyph number: which font it is of; font files have at most 65,535

// One font file. FreeType's face is used under the font's lock; HarfBuzz' font is immutable and needs none.
struct Typeface {
  Face face;
  HbFont tables;
  double units_per_em = 1;
};

bool is_selector(char32_t c) { return (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef); }

// What has no place in a form's single line: controls, format characters, and marks that combine with what stands
// before.
bool is_drawable(char32_t c) {
  switch (hb_unicode_general_category(hb_unicode_funcs_get_default(), c)) {
    case HB_UNICODE_GENERAL_CATEGORY_CONTROL:
    case HB_UNICODE_GENERAL_CATEGORY_FORMAT:
    case HB_UNICODE_GENERAL_CATEGORY_SURROGATE:
    case HB_UNICODE_GENERAL_CATEGORY_LINE_SEPARATOR:
    case HB_UNICODE_GENERAL_CATEGORY_PARAGRAPH_SEPARATOR:
    case HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK:
    case HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK:
    case HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK:
      return false;
    default:
      return true;
  }
}

bool is_space(char32_t c) {
  return hb_unicode_general_category(hb_unicode_funcs_get_default(), c) == HB_UNICODE_GENERAL_CATEGORY_SPACE_SEPARATOR;
}

// Takes one code point off the front of UTF-8 text (RFC 3629: shortest form, no surrogates).
std::optional<char32_t> take_code_point(std::string_view& text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  const std::size_t length = lead < 0x80 ? 1 : lead >> 5 == 6 ? 2 : lead >> 4 == 14 ? 3 : lead >> 3 == 30 ? 4 : 0;
  if (length == 0 || text.size() < length) return std::nullopt;
  char32_t c = length == 1 ? lead : lead & (0xffU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if (byte(i) >> 6 != 2) return std::nullopt;
    c = c << 6 | (byte(i) & 0x3fU);
  }
  constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  if (c < least[length] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) return std::nullopt;
  text.remove_prefix(length);
  return c;
}

std::unexpected<Refusal> lacks(char32_t base, char32_t selector) {
  const auto name = selector == no_selector ? fmt::format("U+{:04X}", static_cast<std::uint32_t>(base))
                                            : fmt::format("U+{:04X} U+{:04X}", static_cast<std::uint32_t>(base),
                                                          static_cast<std::uint32_t>(selector));
  return refuse(Reason::character_not_available, "the font has no glyph for " + name);
}
}  // namespace

struct Font::Inside {
  using Key = std::uint64_t;  // glyph << 32 | pixels
  struct Kept {
    Key key;
    std::shared_ptr<const Glyph> glyph;
  };

  mutable std::mutex lock;  // over FreeType's faces and the cache
  Library library;
  std::vector<Typeface> typefaces;  // the first draws everything that it has
  std::size_t most_bytes = 0;
  std::size_t bytes = 0;
  std::list<Kept> kept;  // used last stands first
  std::unordered_map<Key, std::list<Kept>::iterator> by_key;

  Outcome<void> add(const std::filesystem::path& file);
  Outcome<Character> look_up(char32_t base, char32_t selector) const;
  Outcome<std::shared_ptr<const Glyph>> draw(std::uint32_t glyph, int pixels);
  void keep(Key key, std::shared_ptr<const Glyph> glyph);
};

Outcome<Character> Font::Inside::look_up(char32_t base, char32_t selector) const {
  if (!is_drawable(base)) return lacks(base, selector);
  // A character without a selector is the first font's, or nobody's: no page mixes typefaces without need.
  const std::size_t asked = selector == no_selector ? 1 : typefaces.size();
  for (std::size_t i = 0; i < asked; ++i) {
    auto* tables = typefaces[i].tables.get();
    hb_codepoint_t glyph = 0;
    const bool found = selector == no_selector ? hb_font_get_nominal_glyph(tables, base, &glyph)
                                               : hb_font_get_variation_glyph(tables, base, selector, &glyph);
    if (!found || glyph == 0) continue;
    hb_glyph_extents_t extents{};
    const bool measured = hb_font_get_glyph_extents(tables, glyph, &extents);
    if (!is_space(base) && (!measured || extents.width == 0 || extents.height == 0)) continue;
    return Character{static_cast<std::uint32_t>(i) << face_shift | glyph,
                     hb_font_get_glyph_h_advance(tables, glyph) / typefaces[i].units_per_em};
  }
  return lacks(base, selector);
}

Outcome<std::shared_ptr<const Glyph>> Font::Inside::draw(std::uint32_t index, int pixels) {
  const auto size = static_cast<FT_UInt>(pixels);
  const auto which = index >> face_shift;
  if (which >= typefaces.size()) return refuse(Reason::internal, "a glyph of no font");
  const auto& face = typefaces[which].face;
  const auto outline = index & ((1U << face_shift) - 1);
  // Unhinted outlines, so that a glyph has one shape at one size in every version of the hinter.
  if (FT_Set_Pixel_Sizes(face.get(), size, size) != 0 ||
      FT_Load_Glyph(face.get(), outline, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP) != 0 ||
      FT_Render_Glyph(face->glyph, FT_RENDER_MODE_MONO) != 0) {
    return refuse(Reason::internal, fmt::format("glyph {} cannot be drawn at {} pixels", index, pixels));
  }
  const auto& bitmap = face->glyph->bitmap;
  auto glyph = std::make_shared<Glyph>();
  glyph->width = static_cast<int>(bitmap.width);
  glyph->height = static_cast<int>(bitmap.rows);
  glyph->stride = static_cast<std::size_t>(bitmap.width + 7) / 8;
  glyph->left = face->glyph->bitmap_left;
  glyph->top = face->glyph->bitmap_top;
  glyph->rows.reserve(glyph->stride * bitmap.rows);
  for (unsigned y = 0; y < bitmap.rows; ++y) {
    const auto* row = bitmap.buffer + static_cast<std::ptrdiff_t>(y) * bitmap.pitch;
    glyph->rows.insert(glyph->rows.end(), row, row + glyph->stride);
  }
  return glyph;
}

void Font::Inside::keep(Key key, std::shared_ptr<const Glyph> glyph) {
  bytes += glyph->rows.size() + sizeof(Glyph);
  kept.push_front({key, std::move(glyph)});
  by_key[key] = kept.begin();
  while (bytes > most_bytes && !kept.empty()) {
    bytes -= kept.back().glyph->rows.size() + sizeof(Glyph);
    by_key.erase(kept.back().key);
    kept.pop_back();
  }
}

Outcome<void> Font::Inside::add(const std::filesystem::path& file) {
  const auto refused = [&](std::string_view why) {
    return refuse(Reason::configuration_invalid, fmt::format("{}: {}", file.string(), why));
  };
  Typeface typeface;
  FT_Face face = nullptr;
  if (FT_New_Face(library.get(), file.c_str(), 0, &face) != 0) return refused("is no readable font");
  typeface.face.reset(face);
  if (!FT_IS_SCALABLE(face)) return refused("has no scalable outlines");

  const std::unique_ptr<hb_blob_t, decltype(&hb_blob_destroy)> blob{hb_blob_create_from_file_or_fail(file.c_str()),
                                                                    &hb_blob_destroy};
  if (!blob) return refused("cannot be read");
  const std::unique_ptr<hb_face_t, decltype(&hb_face_destroy)> tables{hb_face_create(blob.get(), 0), &hb_face_destroy};
  typeface.units_per_em = hb_face_get_upem(tables.get());
  typeface.tables.reset(hb_font_create(tables.get()));
  hb_font_make_immutable(typeface.tables.get());
  typefaces.push_back(std::move(typeface));
  return {};
}

Outcome<Font> Font::load(const std::filesystem::path& file, const std::vector<std::filesystem::path>& sequence_fonts,
                         std::size_t cache_bytes) {
  if (sequence_fonts.size() > most_sequence_fonts)
    return refuse(Reason::configuration_invalid, fmt::format("more than {} fonts for sequences", most_sequence_fonts));
  auto inside = std::make_unique<Inside>();
  inside->most_bytes = cache_bytes;
  FT_Library library = nullptr;
  if (FT_Init_FreeType(&library) != 0) return refuse(Reason::internal, "FreeType does not start");
  inside->library.reset(library);
  MADO_CHECK(inside->add(file));
  for (const auto& other : sequence_fonts) MADO_CHECK(inside->add(other));
  return Font{std::move(inside)};
}

Font::Font(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Font::Font(Font&&) noexcept = default;
Font::~Font() = default;

Outcome<std::vector<Character>> Font::characters_of(std::string_view text) const {
  if (text.size() > most_text_bytes) return refuse(Reason::text_too_long, "a text exceeds 2000 bytes");
  std::vector<Character> characters;
  characters.reserve(text.size() / 2);
  const auto malformed = [] { return refuse(Reason::input_invalid, "a text is not valid UTF-8"); };
  while (!text.empty()) {
    const auto base = take_code_point(text);
    if (!base) return malformed();
    if (is_selector(*base)) return lacks(*base, no_selector);
    auto selector = no_selector;
    auto ahead = text;
    if (!ahead.empty()) {
      const auto next = take_code_point(ahead);
      if (!next) return malformed();
      if (is_selector(*next)) {
        selector = *next;
        text = ahead;
      }
    }
    MADO_TRY(character, inside_->look_up(*base, selector));
    characters.push_back(character);
  }
  return characters;
}

Outcome<std::shared_ptr<const Glyph>> Font::glyph(std::uint32_t index, int pixels) const {
  if (pixels < 1 || pixels > most_glyph_pixels) return refuse(Reason::internal, "a type size is out of bounds");
  const Inside::Key key = static_cast<Inside::Key>(index) << 32 | static_cast<Inside::Key>(pixels);
  const std::lock_guard guard(inside_->lock);
  if (const auto found = inside_->by_key.find(key); found != inside_->by_key.end()) {
    inside_->kept.splice(inside_->kept.begin(), inside_->kept, found->second);
    return found->second->glyph;
  }
  MADO_TRY(glyph, inside_->draw(index, pixels));
  inside_->keep(key, glyph);
  return glyph;
}

std::size_t Font::cached_bytes() const {
  const std::lock_guard guard(inside_->lock);
  return inside_->bytes;
}

}  // namespace mado::paper
