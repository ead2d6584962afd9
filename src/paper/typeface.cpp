#include "paper/typeface.hpp"

#include <fmt/format.h>
#include <ft2build.h>
#include <hb.h>

#include <algorithm>
#include <array>

#include FT_FREETYPE_H

namespace mado::paper {

namespace {
template <typename T, auto end>
struct Ended {
  void operator()(T* object) const { end(object); }
};
using Library = std::unique_ptr<FT_LibraryRec_, Ended<FT_LibraryRec_, FT_Done_FreeType>>;
using Face = std::unique_ptr<FT_FaceRec_, Ended<FT_FaceRec_, FT_Done_Face>>;
using HbBlob = std::unique_ptr<hb_blob_t, Ended<hb_blob_t, hb_blob_destroy>>;
using HbFace = std::unique_ptr<hb_face_t, Ended<hb_face_t, hb_face_destroy>>;
using HbFont = std::unique_ptr<hb_font_t, Ended<hb_font_t, hb_font_destroy>>;
using HbBuffer = std::unique_ptr<hb_buffer_t, Ended<hb_buffer_t, hb_buffer_destroy>>;

// What HarfBuzz does by itself with glyphs of a line from left to right. A certificate shows what was recorded, sign
// for sign; kerning stays.
constexpr hb_feature_t off(hb_tag_t tag) { return {tag, 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END}; }
constexpr std::array no_substitutions{off(HB_TAG('c', 'c', 'm', 'p')), off(HB_TAG('l', 'o', 'c', 'l')),
                                      off(HB_TAG('r', 'l', 'i', 'g')), off(HB_TAG('l', 'i', 'g', 'a')),
                                      off(HB_TAG('c', 'l', 'i', 'g')), off(HB_TAG('c', 'a', 'l', 't')),
                                      off(HB_TAG('r', 'c', 'l', 't')), off(HB_TAG('r', 'v', 'r', 'n'))};

bool is_drawable(hb_unicode_general_category_t category) {
  switch (category) {
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

// FreeType makes one white pixel of a space.
bool has_black(const FT_Bitmap& bitmap) {
  const std::span bytes{bitmap.buffer, static_cast<std::size_t>(bitmap.rows) * static_cast<std::size_t>(bitmap.pitch)};
  return std::ranges::any_of(bytes, [](auto byte) { return byte != 0; });
}

HbBuffer buffer_of(std::span<const WrittenCharacter> run) {
  HbBuffer buffer{hb_buffer_create()};
  for (unsigned i = 0; i < run.size(); ++i) {
    hb_buffer_add(buffer.get(), run[i].base, i);
    if (run[i].selector != WrittenCharacter::no_selector) hb_buffer_add(buffer.get(), run[i].selector, i);
  }
  hb_buffer_set_content_type(buffer.get(), HB_BUFFER_CONTENT_TYPE_UNICODE);
  hb_buffer_set_cluster_level(buffer.get(), HB_BUFFER_CLUSTER_LEVEL_CHARACTERS);
  hb_buffer_set_direction(buffer.get(), HB_DIRECTION_LTR);
  hb_buffer_set_script(buffer.get(), HB_SCRIPT_HAN);
  return buffer;
}
}  // namespace

struct Typeface::Inside {
  Library library;
  Face face;
  HbFont tables;  // immutable
  double units_per_em = 1;
};

Typeface::Typeface(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Typeface::Typeface(Typeface&&) noexcept = default;
Typeface::~Typeface() = default;

Outcome<Typeface> Typeface::load(const std::filesystem::path& file) {
  const auto refused = [&](std::string_view why) {
    return refuse(Reason::configuration_invalid, fmt::format("{}: {}", file.string(), why));
  };
  auto inside = std::make_unique<Inside>();
  FT_Library library = nullptr;
  if (FT_Init_FreeType(&library) != 0) return refuse(Reason::internal, "FreeType does not start");
  inside->library.reset(library);
  FT_Face face = nullptr;
  if (FT_New_Face(library, file.c_str(), 0, &face) != 0) return refused("is no readable font");
  inside->face.reset(face);
  if (!FT_IS_SCALABLE(face)) return refused("has no scalable outlines");

  const HbBlob blob{hb_blob_create_from_file_or_fail(file.c_str())};
  if (!blob) return refused("cannot be read");
  const HbFace tables{hb_face_create(blob.get(), 0)};
  inside->units_per_em = hb_face_get_upem(tables.get());
  inside->tables.reset(hb_font_create(tables.get()));
  hb_font_make_immutable(inside->tables.get());
  return Typeface{std::move(inside)};
}

std::optional<std::uint32_t> Typeface::glyph_of(WrittenCharacter character) const {
  const auto category = hb_unicode_general_category(hb_unicode_funcs_get_default(), character.base);
  if (!is_drawable(category)) return std::nullopt;
  auto* tables = inside_->tables.get();
  hb_codepoint_t glyph = 0;
  const bool found = character.selector == WrittenCharacter::no_selector
                         ? hb_font_get_nominal_glyph(tables, character.base, &glyph)
                         : hb_font_get_variation_glyph(tables, character.base, character.selector, &glyph);
  if (!found || glyph == 0) return std::nullopt;
  hb_glyph_extents_t extents{};
  const bool has_ink = hb_font_get_glyph_extents(tables, glyph, &extents) && extents.width != 0 && extents.height != 0;
  if (!has_ink && category != HB_UNICODE_GENERAL_CATEGORY_SPACE_SEPARATOR) return std::nullopt;
  return glyph;
}

Outcome<std::vector<double>> Typeface::shape(std::span<const WrittenCharacter> run,
                                             std::span<const std::uint32_t> glyphs) const {
  const auto other = [] { return refuse(Reason::character_not_available, "shaping would change a glyph of the text"); };
  const auto buffer = buffer_of(run);
  hb_shape(inside_->tables.get(), buffer.get(), no_substitutions.data(), no_substitutions.size());
  unsigned count = 0;
  const auto* shaped = hb_buffer_get_glyph_infos(buffer.get(), &count);
  const auto* places = hb_buffer_get_glyph_positions(buffer.get(), &count);
  if (count != glyphs.size()) return other();
  std::vector<double> advances;
  advances.reserve(count);
  for (unsigned i = 0; i < count; ++i) {
    const bool stays = places[i].x_offset == 0 && places[i].y_offset == 0 && places[i].y_advance == 0;
    if (shaped[i].codepoint != glyphs[i] || shaped[i].cluster != i || !stays) return other();
    advances.push_back(places[i].x_advance / inside_->units_per_em);
  }
  return advances;
}

Outcome<std::shared_ptr<const Glyph>> Typeface::draw(std::uint32_t index, int pixels) {
  auto* face = inside_->face.get();
  const auto size = static_cast<FT_UInt>(pixels);
  // Unhinted outlines, so that a glyph has one shape at one size in every version of the hinter.
  if (FT_Set_Pixel_Sizes(face, size, size) != 0 ||
      FT_Load_Glyph(face, index, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP) != 0 ||
      FT_Render_Glyph(face->glyph, FT_RENDER_MODE_MONO) != 0) {
    return refuse(Reason::internal, fmt::format("glyph {} cannot be drawn at {} pixels", index, pixels));
  }
  const auto& bitmap = face->glyph->bitmap;
  auto glyph = std::make_shared<Glyph>();
  if (!has_black(bitmap)) return glyph;
  glyph->left = face->glyph->bitmap_left;
  glyph->top = face->glyph->bitmap_top;
  // From the top row down, each padded with zeros to `pitch` bytes.
  MADO_TRY(symbol, Symbol::of({static_cast<int>(bitmap.width), static_cast<int>(bitmap.rows),
                               static_cast<std::size_t>(bitmap.pitch), bitmap.buffer}));
  glyph->symbol = std::move(symbol);
  return glyph;
}

}  // namespace mado::paper
