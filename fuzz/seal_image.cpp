// The image of an 電子公印.
#include "fuzz/examine.hpp"
#include "paper/seal.hpp"

namespace mado::fuzz {

void examine(ByteView input) {
  const auto seal = paper::Seal::parse(input);
  if (!seal) {
    claim_is_explained(seal.error());
    return;
  }
  const auto bitmap = seal->bitmap();
  claim(bitmap.width >= 100 && bitmap.width <= paper::most_seal_pixels, "a seal's width is bounded");
  claim(bitmap.height >= 100 && bitmap.height <= paper::most_seal_pixels, "a seal's height is bounded");
  const auto size = bitmap.stride * static_cast<std::size_t>(bitmap.height);
  auto written = bytes_of("P4\n" + std::to_string(bitmap.width) + " " + std::to_string(bitmap.height) + "\n");
  written.insert(written.end(), bitmap.rows, bitmap.rows + size);
  const auto again = paper::Seal::parse(written);
  claim(again && std::equal(bitmap.rows, bitmap.rows + size, again->bitmap().rows), "a seal is read as it is written");
}

}  // namespace mado::fuzz
