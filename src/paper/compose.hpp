// Form + content → the pages of one certificate, drawn, checked against the form, encoded. Deterministic.
#pragma once

#include <string>
#include <vector>

#include "base/refusal.hpp"
#include "paper/arrange.hpp"
#include "paper/content.hpp"
#include "paper/font.hpp"
#include "paper/form.hpp"
#include "paper/page.hpp"
#include "paper/seal.hpp"

namespace mado::paper {

struct Composed {
  std::vector<EncodedImage> pages;
  std::vector<std::string> drawn;  // the subjects of what was drawn, in the order of drawing
};

// One arranged page, drawn, checked and encoded. Refusals: as compose, but arrange's.
Outcome<EncodedImage> draw_page(const Font& font, const PlacedPage& page);
// The same without the check, for what is no certificate: proof sheets, whose notes lie over a sample.
Outcome<EncodedImage> draw_unchecked(const Font& font, const PlacedPage& page);

// Refusals: as arrange; page_check_failed if a mandatory field left no ink inside its box, any ink left its box, or the
// seal or an image is not on the page as it should be.
Outcome<Composed> compose(const Form& form, const Font& font, const Seal& seal, const Content& content);

}  // namespace mado::paper
