// The PDF that goes to the printer, read again for its images.
#include "fuzz/examine.hpp"
#include "paper/page.hpp"
#include "paper/page_image.hpp"

namespace mado::fuzz {

void examine(ByteView input) {
  const auto images = paper::images_of_pdf(input);
  if (!images) {
    claim_is_explained(images.error());
    claim(images.error().reason == Reason::message_malformed, "one reason for every PDF that is not ours");
    return;
  }
  claim(!images->empty(), "a PDF has a page");
  for (const auto& image : *images) claim(paper::check_image(image).has_value(), "images are pages");
}

}  // namespace mado::fuzz
