#include "bench/compose_by_cairo.hpp"

#include <cairo-ft.h>
#include <cairo.h>

#include <stdexcept>

#include "bench/group4.hpp"

namespace mado::bench {

struct CairoComposer::Inside {
  FT_Library library = nullptr;
  FT_Face face = nullptr;
  cairo_font_face_t* font = nullptr;
};

CairoComposer::CairoComposer(const char* font_file) : inside_(std::make_unique<Inside>()) {
  if (FT_Init_FreeType(&inside_->library) != 0 || FT_New_Face(inside_->library, font_file, 0, &inside_->face) != 0) {
    throw std::runtime_error("no font");
  }
  inside_->font = cairo_ft_font_face_create_for_ft_face(inside_->face, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP);
}
CairoComposer::~CairoComposer() {
  cairo_font_face_destroy(inside_->font);
  FT_Done_Face(inside_->face);
  FT_Done_FreeType(inside_->library);
}

namespace {
using paper::pixels_per_mm;

void draw_text(cairo_t* page, const Text& text) {
  double size = text.type.size * pixels_per_mm;
  const double room = (text.box.width - 2 * text.type.padding) * pixels_per_mm;
  cairo_text_extents_t extents;
  cairo_set_font_size(page, size);
  cairo_text_extents(page, text.text.c_str(), &extents);
  if (extents.x_advance > room) cairo_set_font_size(page, size *= room / extents.x_advance);
  const double baseline = (text.box.y + text.box.height / 2) * pixels_per_mm - size / 2 + 0.88 * size;
  cairo_move_to(page, (text.box.x + text.type.padding) * pixels_per_mm, baseline);
  cairo_show_text(page, text.text.c_str());
}

void fill(cairo_t* page, const paper::Box& box) {
  cairo_rectangle(page, box.x * pixels_per_mm, box.y * pixels_per_mm, box.width * pixels_per_mm,
                  box.height * pixels_per_mm);
  cairo_fill(page);
}

void draw_frame(cairo_t* page, const paper::Frame& frame) {
  cairo_set_line_width(page, frame.thickness * pixels_per_mm);
  cairo_rectangle(page, frame.box.x * pixels_per_mm, frame.box.y * pixels_per_mm, frame.box.width * pixels_per_mm,
                  frame.box.height * pixels_per_mm);
  cairo_stroke(page);
}

// Alpha above one half is black.
Bytes cut_to_one_bit(const unsigned char* pixels, int stride) {
  Bytes bits(paper::row_bytes * paper::page_height);
  for (std::size_t y = 0; y < paper::page_height; ++y) {
    const auto* row = pixels + y * static_cast<std::size_t>(stride);
    for (std::size_t x = 0; x < paper::row_bytes; ++x) {
      unsigned byte = 0;
      for (std::size_t i = 0; i < 8; ++i) byte = byte << 1 | row[x * 8 + i] >> 7;
      bits[y * paper::row_bytes + x] = static_cast<std::uint8_t>(byte);
    }
  }
  return bits;
}

void draw_seal(cairo_t* page, const PageContent& content) {
  const auto& seal = content.seal;
  cairo_surface_t* image = cairo_image_surface_create(CAIRO_FORMAT_A8, seal.width, seal.height);
  auto* pixels = cairo_image_surface_get_data(image);
  const int stride = cairo_image_surface_get_stride(image);
  for (int y = 0; y < seal.height; ++y) {
    for (int x = 0; x < seal.width; ++x) {
      const auto byte = seal.rows[static_cast<std::size_t>(y) * seal.stride + static_cast<std::size_t>(x) / 8];
      pixels[y * stride + x] = (byte >> (7 - x % 8) & 1) != 0 ? 255 : 0;
    }
  }
  cairo_surface_mark_dirty(image);
  cairo_mask_surface(page, image, content.seal_box.x * pixels_per_mm, content.seal_box.y * pixels_per_mm);
  cairo_surface_destroy(image);
}
}  // namespace

Outcome<Bytes> CairoComposer::compose(const PageContent& content) const {
  cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_A8, paper::page_width, paper::page_height);
  cairo_t* page = cairo_create(surface);
  cairo_set_font_face(page, inside_->font);
  for (const auto& line : content.lines) fill(page, line);
  for (const auto& frame : content.frames) draw_frame(page, frame);
  for (const auto& text : content.texts) draw_text(page, text);
  draw_seal(page, content);
  cairo_surface_flush(surface);
  const auto bits = cut_to_one_bit(cairo_image_surface_get_data(surface), cairo_image_surface_get_stride(surface));
  cairo_destroy(page);
  cairo_surface_destroy(surface);
  return encode_group4(bits);
}

}  // namespace mado::bench
