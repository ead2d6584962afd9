// Page images, one strip of CCITT Group 4.
#include "fuzz/examine.hpp"
#include "paper/group4.hpp"

namespace mado::fuzz {

void examine(ByteView input) {
  const auto bits = paper::decode_image(paper::EncodedImage(input.begin(), input.end()));
  if (!bits) {
    claim(bits.error().reason == Reason::message_malformed, "one reason for every image that is not read");
    return;
  }
  claim(bits->size() == paper::row_bytes * paper::page_height, "an image has exactly a page's pixels");
  const auto written = paper::encode_image(*bits);
  claim(written.has_value(), "a decoded page can be encoded");
  claim(paper::decode_image(*written) == *bits, "an image is read as it was written");
}

}  // namespace mado::fuzz
