#include "registry/core/seal_image.hpp"

#include <algorithm>
#include <optional>

namespace mado::registry {

namespace {
bool is_space(std::uint8_t c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

// A number after white space, which ends with one byte of white space.
std::optional<int> take_side(ByteView& rest) {
  while (!rest.empty() && is_space(rest.front())) rest = rest.subspan(1);
  int side = 0;
  std::size_t digits = 0;
  while (digits < rest.size() && digits < 5 && rest[digits] >= '0' && rest[digits] <= '9')
    side = side * 10 + (rest[digits++] - '0');
  if (digits == 0 || digits == rest.size() || !is_space(rest[digits])) return std::nullopt;
  rest = rest.subspan(digits);
  return side;
}

bool is_side(std::optional<int> side) { return side && *side >= least_seal_pixels && *side <= most_seal_pixels; }
}  // namespace

std::string_view why_no_seal_image(ByteView pbm) {
  constexpr std::string_view magic = "P4";
  if (pbm.size() > largest_seal_image) return "is too large";
  if (pbm.size() < magic.size() || !std::ranges::equal(pbm.first(magic.size()), view_of(magic)))
    return "is no raw PBM image (P4)";
  auto rest = pbm.subspan(magic.size());
  const auto width = take_side(rest);
  const auto height = take_side(rest);
  if (!width || !height) return "has no width and height";
  if (!is_side(width) || !is_side(height)) return "must be more than 8 mm and at most 25 mm a side (189 to 591 pixels)";
  const auto rows = rest.subspan(1);  // after the one white space that ends the height
  const auto stride = static_cast<std::size_t>((*width + 7) / 8);
  if (rows.size() != stride * static_cast<std::size_t>(*height)) return "has not as many bytes as its size says";
  std::size_t black = 0;
  for (std::size_t y = 0; y < static_cast<std::size_t>(*height); ++y) {
    for (int x = 0; x < *width; ++x) black += (rows[y * stride + static_cast<std::size_t>(x / 8)] >> (7 - x % 8)) & 1U;
  }
  const auto pixels = static_cast<std::size_t>(*width) * static_cast<std::size_t>(*height);
  if (black == 0 || black == pixels) return "is wholly white or wholly black";
  return {};
}

}  // namespace mado::registry
