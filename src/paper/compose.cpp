#include "paper/compose.hpp"

#include <fmt/format.h>

#include "paper/layout.hpp"
#include "paper/page_image.hpp"
#include "paper/rules.hpp"
#include "paper/text_marks.hpp"

namespace mado::paper {

namespace {
std::unexpected<Refusal> failed(std::string cause) { return refuse(Reason::page_check_failed, std::move(cause)); }

// In the middle of its box.
Mark middle_of(const Box& box, std::shared_ptr<const Symbol> symbol) {
  const auto outer = pixels_of(box);
  const int left = (outer.left + outer.right - symbol->width()) / 2;
  const int top = (outer.top + outer.bottom - symbol->height()) / 2;
  return {std::move(symbol), left, top};
}

class PageDrawing {
 public:
  enum class Notes { none, may_lie_over_images };

  PageDrawing(const Font& font, const Seal& seal, Notes notes) : font_(font), seal_(seal), notes_(notes) {}

  Outcome<Drawing> run(const PlacedPage& page) && {
    MADO_CHECK(draw_rules(page));
    for (const auto& text : page.texts) MADO_CHECK(draw_text(text));
    std::vector<Mark> images;
    for (const auto& image : page.images) {
      MADO_TRY(mark, draw_image(image));
      images.push_back(std::move(mark));
    }
    if (notes_ == Notes::none) MADO_CHECK(check_images(page, images));
    return std::move(drawing_);
  }

 private:
  Outcome<void> draw_rules(const PlacedPage& page) {
    for (const auto& rule : rules_of(page.lines, page.frames)) {
      MADO_TRY(symbol, font_.rule(rule.right - rule.left, rule.bottom - rule.top));
      drawing_.add({std::move(symbol), rule.left, rule.top});
    }
    return {};
  }

  // With the check that a mandatory field has really left ink, its own, within its box.
  Outcome<void> draw_text(const PlacedText& text) {
    const auto marks = text_marks(text.text, text.box, text.type, font_);
    if (!marks) {
      const auto where =
          text.name.empty() ? fmt::format("label \"{}\"", text.text) : fmt::format("field \"{}\"", text.name);
      return refuse(marks.error().reason, fmt::format("{}: {}", where, marks.error().cause));
    }
    const auto first = drawing_.marks().size();
    for (const auto& mark : *marks) drawing_.add(mark);
    if (text.mandatory && !drawing_.has_ink(inside_of(text.box), first)) {
      return failed(fmt::format("mandatory field \"{}\" is empty", text.name));
    }
    return {};
  }

  Outcome<void> check_images(const PlacedPage& page, const std::vector<Mark>& images) const {
    for (std::size_t i = 0; i < images.size(); ++i) {
      if (drawing_.shows_alone(*images[i].symbol, images[i].left, images[i].top)) continue;
      return failed(fmt::format("image \"{}\" is not as it should be", page.images[i].name));
    }
    return {};
  }

  Outcome<Mark> draw_image(const PlacedImage& image) {
    MADO_TRY(symbol, symbol_of(image.bitmap));
    auto mark = middle_of(image.box, std::move(symbol));
    if (!pixels_of(image.box).holds(mark.box()) || !lies_on_page(mark)) {
      return failed(fmt::format("image \"{}\" leaves its box", image.name));
    }
    drawing_.add(mark);
    return mark;
  }

  // The authority's seal is encoded already. Any other image (印影) is one person's, and nowhere kept.
  Outcome<std::shared_ptr<const Symbol>> symbol_of(const BitmapView& bitmap) const {
    if (bitmap.rows == seal_.bitmap().rows) return seal_.symbol();
    return Symbol::of(bitmap);
  }

  const Font& font_;
  const Seal& seal_;
  Notes notes_;
  Drawing drawing_;
};
}  // namespace

Outcome<Drawing> draw_page(const Font& font, const Seal& seal, const PlacedPage& page) {
  return PageDrawing(font, seal, PageDrawing::Notes::none).run(page);
}

Outcome<Drawing> draw_annotated(const Font& font, const Seal& seal, const PlacedPage& page) {
  return PageDrawing(font, seal, PageDrawing::Notes::may_lie_over_images).run(page);
}

Outcome<DrawnPages> draw(const Form& form, const Font& font, const Seal& seal, const Content& content) {
  const auto bitmap = seal.bitmap();
  MADO_TRY(pages, arrange(form, font, bitmap, content));
  DrawnPages drawn;
  for (const auto& page : pages) {
    MADO_TRY(drawing, draw_page(font, seal, page));
    drawn.pages.push_back(std::move(drawing));
    drawn.drawn.insert(drawn.drawn.end(), page.subjects.begin(), page.subjects.end());
  }
  return drawn;
}

Outcome<Composed> compose(const Form& form, const Font& font, const Seal& seal, const Content& content) {
  MADO_TRY(drawn, draw(form, font, seal, content));
  Composed composed;
  for (const auto& page : drawn.pages) {
    MADO_TRY(image, encode_image(page));
    composed.pages.push_back(std::move(image));
  }
  composed.drawn = std::move(drawn.drawn);
  return composed;
}

}  // namespace mado::paper
