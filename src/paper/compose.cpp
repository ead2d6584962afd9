#include "paper/compose.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "paper/group4.hpp"
#include "paper/layout.hpp"
#include "paper/raster.hpp"

namespace mado::paper {

namespace {
PixelBox pixels_of(const Box& box) {
  return {to_pixels(box.x), to_pixels(box.y), to_pixels(box.x + box.width), to_pixels(box.y + box.height)};
}

PixelBox inside_of(const Box& box) {
  return pixels_of({box.x + box_margin, box.y + box_margin, box.width - 2 * box_margin, box.height - 2 * box_margin});
}

PixelBox middle_of(const Box& box, const BitmapView& bitmap) {
  const auto outer = pixels_of(box);
  const int left = (outer.left + outer.right - bitmap.width) / 2;
  const int top = (outer.top + outer.bottom - bitmap.height) / 2;
  return {left, top, left + bitmap.width, top + bitmap.height};
}

std::unexpected<Refusal> failed(std::string cause) { return refuse(Reason::page_check_failed, std::move(cause)); }

class PageDrawing {
 public:
  explicit PageDrawing(const Font& font) : font_(font) {}

  Outcome<void> draw(const PlacedPage& page);
  // The check before encoding: what the form demands is really there, seen in the pixels.
  Outcome<void> check(const PlacedPage& page) const;
  Outcome<EncodedImage> encoded() const { return encode_image(raster_); }

 private:
  Outcome<void> draw_text(const PlacedText& text);
  Outcome<void> draw_image(const PlacedImage& image);
  void draw_frame(const Box& box, double thickness);

  const Font& font_;
  Raster raster_;
};

Outcome<void> PageDrawing::draw_text(const PlacedText& text) {
  if (text.text.empty()) return {};
  MADO_TRY(characters, font_.characters_of(text.text));
  MADO_TRY(layout, lay_out(characters, text.box, text.type));
  const auto bounds = pixels_of(text.box);
  for (const auto& placed : layout.glyphs) {
    MADO_TRY(glyph, font_.glyph(placed.glyph, layout.pixels));
    const int left = placed.pen + glyph->left;
    const int top = placed.baseline - glyph->top;
    if (glyph->width == 0) continue;
    if (!bounds.holds({left, top, left + glyph->width, top + glyph->height}) ||
        !raster_.paint(glyph->bitmap(), left, top)) {
      return failed("ink would leave its box");
    }
  }
  return {};
}

void PageDrawing::draw_frame(const Box& box, double thickness) {
  const int line = std::max(to_pixels(thickness), 1);
  const auto edge = pixels_of(box);
  const int before = line / 2;
  const int after = line - before;
  raster_.fill({edge.left - before, edge.top - before, edge.right + after, edge.top + after});
  raster_.fill({edge.left - before, edge.bottom - before, edge.right + after, edge.bottom + after});
  raster_.fill({edge.left - before, edge.top - before, edge.left + after, edge.bottom + after});
  raster_.fill({edge.right - before, edge.top - before, edge.right + after, edge.bottom + after});
}

Outcome<void> PageDrawing::draw_image(const PlacedImage& image) {
  const auto place = middle_of(image.box, image.bitmap);
  if (!pixels_of(image.box).holds(place) || !raster_.paint(image.bitmap, place.left, place.top)) {
    return failed(fmt::format("image \"{}\" leaves its box", image.name));
  }
  return {};
}

Outcome<void> PageDrawing::draw(const PlacedPage& page) {
  for (const auto& line : page.lines) raster_.fill(pixels_of(line));
  for (const auto& frame : page.frames) draw_frame(frame.box, frame.thickness);
  for (const auto& text : page.texts) {
    const auto drawn = draw_text(text);
    if (drawn) continue;
    const auto where =
        text.name.empty() ? fmt::format("label \"{}\"", text.text) : fmt::format("field \"{}\"", text.name);
    return refuse(drawn.error().reason, fmt::format("{}: {}", where, drawn.error().cause));
  }
  for (const auto& image : page.images) MADO_CHECK(draw_image(image));
  return {};
}

Outcome<void> PageDrawing::check(const PlacedPage& page) const {
  for (const auto& text : page.texts) {
    if (text.mandatory && !raster_.has_ink(inside_of(text.box))) {
      return failed(fmt::format("mandatory field \"{}\" is empty", text.name));
    }
  }
  for (const auto& image : page.images) {
    const auto place = middle_of(image.box, image.bitmap);
    if (!raster_.shows(image.bitmap, place.left, place.top)) {
      return failed(fmt::format("image \"{}\" is not as it should be", image.name));
    }
  }
  return {};
}
}  // namespace

Outcome<EncodedImage> draw_page(const Font& font, const PlacedPage& page) {
  PageDrawing drawing(font);
  MADO_CHECK(drawing.draw(page));
  MADO_CHECK(drawing.check(page));
  return drawing.encoded();
}

Outcome<EncodedImage> draw_unchecked(const Font& font, const PlacedPage& page) {
  PageDrawing drawing(font);
  MADO_CHECK(drawing.draw(page));
  return drawing.encoded();
}

Outcome<Composed> compose(const Form& form, const Font& font, const Seal& seal, const Content& content) {
  const auto bitmap = seal.bitmap();
  MADO_TRY(pages, arrange(form, font, bitmap, content));
  Composed composed;
  for (const auto& page : pages) {
    MADO_TRY(image, draw_page(font, page));
    composed.pages.push_back(std::move(image));
    composed.drawn.insert(composed.drawn.end(), page.subjects.begin(), page.subjects.end());
  }
  return composed;
}

}  // namespace mado::paper
