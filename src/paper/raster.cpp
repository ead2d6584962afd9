#include "paper/raster.hpp"

#include <algorithm>
#include <cmath>

#include "base/sensitive.hpp"

namespace mado::paper {

namespace {
PixelBox clipped(PixelBox box) {
  return {std::max(box.left, 0), std::max(box.top, 0), std::min(box.right, static_cast<int>(page_width)),
          std::min(box.bottom, static_cast<int>(page_height))};
}

// The bits of one row's byte `index` that lie in [left, right).
std::uint8_t mask_of(int index, int left, int right) {
  const int first = std::max(left - index * 8, 0);
  const int past = std::min(right - index * 8, 8);
  return static_cast<std::uint8_t>((0xffU >> first) & (0xffU << (8 - past)));
}
}  // namespace

Raster::Raster() : bits_(row_bytes * page_height) {}
Raster::~Raster() { wipe(bits_); }

void Raster::fill(PixelBox box) {
  box = clipped(box);
  if (box.empty()) return;
  for (int y = box.top; y < box.bottom; ++y) {
    auto* row = bits_.data() + static_cast<std::size_t>(y) * row_bytes;
    for (int x = box.left / 8; x <= (box.right - 1) / 8; ++x) row[x] |= mask_of(x, box.left, box.right);
  }
}

bool Raster::paint(const BitmapView& bitmap, int left, int top) {
  const PixelBox place{left, top, left + bitmap.width, top + bitmap.height};
  if (clipped(place) != place) return false;
  const unsigned shift = static_cast<unsigned>(left) % 8;
  const auto used = static_cast<std::size_t>(bitmap.width + 7) / 8;
  for (int y = 0; y < bitmap.height; ++y) {
    const auto* from = bitmap.rows + static_cast<std::size_t>(y) * bitmap.stride;
    auto* to = bits_.data() + static_cast<std::size_t>(top + y) * row_bytes + static_cast<std::size_t>(left) / 8;
    for (std::size_t x = 0; x < used; ++x) {
      const unsigned spread = static_cast<unsigned>(from[x]) << (8 - shift);
      to[x] |= static_cast<std::uint8_t>(spread >> 8);
      if ((spread & 0xffU) != 0) to[x + 1] |= static_cast<std::uint8_t>(spread);
    }
  }
  return true;
}

bool Raster::has_ink(PixelBox box) const {
  box = clipped(box);
  if (box.empty()) return false;
  for (int y = box.top; y < box.bottom; ++y) {
    const auto* row = bits_.data() + static_cast<std::size_t>(y) * row_bytes;
    for (int x = box.left / 8; x <= (box.right - 1) / 8; ++x) {
      if ((row[x] & mask_of(x, box.left, box.right)) != 0) return true;
    }
  }
  return false;
}

int to_pixels(double millimetres) { return static_cast<int>(std::lround(millimetres * pixels_per_mm)); }

}  // namespace mado::paper
