// Form + content → the pages of one certificate, drawn, checked against the form, encoded. Deterministic.
#pragma once

#include <string>
#include <vector>

#include "base/refusal.hpp"
#include "paper/arrange.hpp"
#include "paper/content.hpp"
#include "paper/drawing.hpp"
#include "paper/font.hpp"
#include "paper/form.hpp"
#include "paper/page.hpp"
#include "paper/seal.hpp"

namespace mado::paper {

// The pages as drawings, each checked against the form.
struct DrawnPages {
  std::vector<Drawing> pages;
  std::vector<std::string> drawn;  // the subjects of what was drawn, in the order of drawing
};

struct Composed {
  std::vector<EncodedImage> pages;
  std::vector<std::string> drawn;  // as above
};

// One arranged page, drawn and checked. Refusals: page_check_failed if a mandatory field left no ink inside its box,
// any ink would leave its box, or the seal or an image does not stand alone in its place; and what font refuses.
Outcome<Drawing> draw_page(const Font& font, const Seal& seal, const PlacedPage& page);
// The same for what is no certificate: a proof sheet, whose notes may lie over the seal and the images.
Outcome<Drawing> draw_annotated(const Font& font, const Seal& seal, const PlacedPage& page);

// Refusals: as arrange and draw_page.
Outcome<DrawnPages> draw(const Form& form, const Font& font, const Seal& seal, const Content& content);

// The same pages, encoded. Refusals: as draw, and what encode_image refuses.
Outcome<Composed> compose(const Form& form, const Font& font, const Seal& seal, const Content& content);

}  // namespace mado::paper
