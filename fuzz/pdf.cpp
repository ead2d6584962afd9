// The PDF that goes to the printer, read again for its images.
#include "fuzz/examine.hpp"
#include "paper/group4.hpp"
#include "paper/page.hpp"

namespace mado::fuzz {

void examine(ByteView input) {
  const auto images = paper::images_of_pdf(input);
  if (!images) {
    claim_is_explained(images.error());
    claim(images.error().reason == Reason::message_malformed, "one reason for every PDF that is not ours");
    return;
  }
  claim(!images->empty(), "a PDF has a page");
  for (const auto& image : *images)
    claim(!image.empty() && image.size() <= paper::most_encoded_bytes, "images are bounded");
}

}  // namespace mado::fuzz
