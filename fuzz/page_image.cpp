// Page images: the segments of a JBIG2 page, as the kiosk looks at them before it hands one on.
#include <algorithm>

#include "fuzz/examine.hpp"
#include "paper/page_image.hpp"

namespace mado::fuzz {

void examine(ByteView input) {
  const auto checked = paper::check_image(input);
  if (!checked) {
    claim(checked.error().reason == Reason::message_malformed, "one reason for every image that is not ours");
    return;
  }
  claim(input.size() <= paper::most_encoded_bytes, "an image is bounded");
  // The first segment says how large the page is (ITU-T T.88 7.4.8), and no later one may.
  const Bytes size{0, 0, 0x13, 0x60, 0, 0, 0x1b, 0x68};
  claim(std::ranges::equal(input.subspan(11, 8), size), "an image is a whole page");
  Bytes longer(input.begin(), input.end());
  longer.push_back(0);
  claim(!paper::check_image(longer), "nothing follows the last segment");
  claim(!paper::check_image(input.first(input.size() - 1)), "nothing is cut off");
}

}  // namespace mado::fuzz
