// The image of a registered seal (印影): what the register keeps, the issuer can print.
#include "fuzz/examine.hpp"
#include "paper/seal.hpp"
#include "registry/core/seal_image.hpp"

namespace mado::fuzz {

void examine(ByteView input) {
  const auto why = registry::why_no_seal_image(input);
  if (!why.empty()) return claim_is_explained(Refusal{Reason::input_invalid, std::string(why)});
  const auto printed = paper::Seal::parse(input);
  claim(printed.has_value(), "a seal that is kept can be printed");
  const auto bitmap = printed->bitmap();
  for (const int side : {bitmap.width, bitmap.height})
    claim(side >= registry::least_seal_pixels && side <= registry::most_seal_pixels, "a seal's sides are bounded");
  Bytes longer(input.begin(), input.end());
  longer.push_back(0);
  claim(!registry::why_no_seal_image(longer).empty(), "nothing follows the last row");
  claim(!registry::why_no_seal_image(input.first(input.size() - 1)).empty(), "nothing is cut off");
}

}  // namespace mado::fuzz
