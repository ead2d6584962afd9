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

// Refusals: as arrange; page_check_failed if a mandatory field left no ink inside its box, any ink would leave its box,
// or the seal or an image does not stand alone in its place.
Outcome<DrawnPages> draw(const Form& form, const Font& font, const Seal& seal, const Content& content);

// The same pages, encoded. Refusals: as draw, and what encode_image refuses.
Outcome<Composed> compose(const Form& form, const Font& font, const Seal& seal, const Content& content);

}  // namespace mado::paper
