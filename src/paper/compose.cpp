#include "paper/compose.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "paper/group4.hpp"
#include "paper/layout.hpp"
#include "paper/raster.hpp"

namespace mado::paper {

namespace {
constexpr std::string_view page_number_field = "page_number";

PixelBox pixels_of(const Box& box) {
  return {to_pixels(box.x), to_pixels(box.y), to_pixels(box.x + box.width), to_pixels(box.y + box.height)};
}

PixelBox inside_of(const Box& box) {
  return pixels_of({box.x + box_margin, box.y + box_margin, box.width - 2 * box_margin, box.height - 2 * box_margin});
}

PixelBox seal_place(const Box& box, const BitmapView& seal) {
  const auto outer = pixels_of(box);
  const int left = (outer.left + outer.right - seal.width) / 2;
  const int top = (outer.top + outer.bottom - seal.height) / 2;
  return {left, top, left + seal.width, top + seal.height};
}

std::unexpected<Refusal> failed(std::string cause) { return refuse(Reason::page_check_failed, std::move(cause)); }

// Where on the page an area stands.
struct Origin {
  double x = 0;
  double y = 0;
};

class PageDrawing {
 public:
  PageDrawing(const Form& form, const Font& font, const Seal& seal) : form_(form), font_(font), seal_(seal) {}

  Outcome<void> draw_form(const Area& area, Origin origin);
  Outcome<void> draw_values(const Area& area, Origin origin, const Values& values);
  Outcome<void> draw_label(const Label& label, Origin origin);
  Outcome<void> draw_seal();
  // The check before encoding: what the form demands is really there, seen in the pixels.
  Outcome<void> check(const Area& area, Origin origin) const;
  Outcome<void> check_seal() const;
  Outcome<EncodedImage> encoded() const { return encode_image(raster_); }

 private:
  Outcome<void> draw_text(std::string_view text, const Box& box, const Type& type);
  void draw_frame(const Box& box, double thickness);

  const Form& form_;
  const Font& font_;
  const Seal& seal_;
  Raster raster_;
};

Outcome<void> PageDrawing::draw_text(std::string_view text, const Box& box, const Type& type) {
  if (text.empty()) return {};
  MADO_TRY(characters, font_.characters_of(text));
  MADO_TRY(layout, lay_out(characters, box, type));
  const auto bounds = pixels_of(box);
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

Outcome<void> PageDrawing::draw_label(const Label& label, Origin origin) {
  auto drawn = draw_text(label.text, label.box.moved(origin.x, origin.y), label.type);
  if (!drawn) drawn.error().cause = fmt::format("label \"{}\": {}", label.text, drawn.error().cause);
  return drawn;
}

Outcome<void> PageDrawing::draw_form(const Area& area, Origin origin) {
  for (const auto& line : area.lines) raster_.fill(pixels_of(line.moved(origin.x, origin.y)));
  for (const auto& frame : area.frames) draw_frame(frame.box.moved(origin.x, origin.y), frame.thickness);
  for (const auto& label : area.labels) MADO_CHECK(draw_label(label, origin));
  return {};
}

Outcome<void> PageDrawing::draw_values(const Area& area, Origin origin, const Values& values) {
  for (const auto& [name, value] : values) {
    const auto* field = area.field(name);
    if (field == nullptr) return failed(fmt::format("the form has no field \"{}\"", name));
    auto drawn = draw_text(value.text(), field->box.moved(origin.x, origin.y), field->type);
    if (!drawn) return refuse(drawn.error().reason, fmt::format("field \"{}\": {}", name, drawn.error().cause));
  }
  return {};
}

Outcome<void> PageDrawing::draw_seal() {
  const auto bitmap = seal_.bitmap();
  const auto place = seal_place(form_.seal, bitmap);
  if (!raster_.paint(bitmap, place.left, place.top)) return failed("the seal leaves the page");
  return {};
}

Outcome<void> PageDrawing::check(const Area& area, Origin origin) const {
  for (const auto& field : area.fields) {
    if (field.mandatory && !raster_.has_ink(inside_of(field.box.moved(origin.x, origin.y)))) {
      return failed(fmt::format("mandatory field \"{}\" is empty", field.name));
    }
  }
  return {};
}

Outcome<void> PageDrawing::check_seal() const {
  const auto bitmap = seal_.bitmap();
  const auto place = seal_place(form_.seal, bitmap);
  if (!raster_.shows(bitmap, place.left, place.top)) return failed("the seal is not as it should be");
  return {};
}

class Composition {
 public:
  Composition(const Form& form, const Font& font, const Seal& seal, const Content& content)
      : form_(form), font_(font), seal_(seal), content_(content) {}

  Outcome<Composed> run() {
    if (content_.subjects.empty() || page_count() > most_pages) {
      return refuse(Reason::input_invalid, "a certificate has 1 to 50 pages, and somebody on them");
    }
    for (std::size_t page = 0; page < page_count(); ++page) MADO_CHECK(draw_page(page));
    return std::move(composed_);
  }

 private:
  std::size_t per_page() const { return static_cast<std::size_t>(form_.block.count); }
  std::size_t page_count() const { return (content_.subjects.size() + per_page() - 1) / per_page(); }
  Origin block_origin(std::size_t slot) const {
    return {form_.block.box.x, form_.block.box.y + static_cast<double>(slot) * form_.block.box.height};
  }

  Outcome<void> draw_page(std::size_t page) {
    PageDrawing drawing(form_, font_, seal_);
    MADO_CHECK(drawing.draw_form(form_.page, {}));
    MADO_CHECK(drawing.draw_values(form_.page, {}, content_.page));
    if (form_.page.field(page_number_field) != nullptr) {
      Values number;
      number.emplace(page_number_field, Value::of(fmt::format("{}/{}", page + 1, page_count())));
      MADO_CHECK(drawing.draw_values(form_.page, {}, number));
    }
    MADO_CHECK(drawing.check(form_.page, {}));
    MADO_CHECK(draw_blocks(drawing, page));
    if (page + 1 == page_count()) MADO_CHECK(draw_footer(drawing));
    MADO_TRY(image, drawing.encoded());
    composed_.pages.push_back(std::move(image));
    return {};
  }

  Outcome<void> draw_blocks(PageDrawing& drawing, std::size_t page) {
    for (std::size_t slot = 0; slot < per_page(); ++slot) {
      const auto index = page * per_page() + slot;
      const auto origin = block_origin(slot);
      if (index >= content_.subjects.size()) return drawing.draw_label(form_.block.rest, origin);
      MADO_CHECK(drawing.draw_form(form_.block.area, origin));
      MADO_CHECK(drawing.draw_values(form_.block.area, origin, content_.subjects[index].values));
      MADO_CHECK(drawing.check(form_.block.area, origin));
      composed_.drawn.push_back(content_.subjects[index].id);
    }
    return {};
  }

  Outcome<void> draw_footer(PageDrawing& drawing) const {
    MADO_CHECK(drawing.draw_form(form_.footer, {}));
    MADO_CHECK(drawing.draw_values(form_.footer, {}, content_.footer));
    MADO_CHECK(drawing.draw_seal());
    MADO_CHECK(drawing.check(form_.footer, {}));
    return drawing.check_seal();
  }

  const Form& form_;
  const Font& font_;
  const Seal& seal_;
  const Content& content_;
  Composed composed_;
};
}  // namespace

Value Value::omitted() { return of(omitted_mark); }

Value Value::of(std::string_view text) {
  Value value;
  value.text_ = Sensitive<std::string>{std::string(text)};
  return value;
}

Outcome<Composed> compose(const Form& form, const Font& font, const Seal& seal, const Content& content) {
  return Composition(form, font, seal, content).run();
}

}  // namespace mado::paper
