#include "paper/drawing.hpp"

#include <algorithm>
#include <tuple>

namespace mado::paper {

namespace {
constexpr PixelBox page{0, 0, static_cast<int>(page_width), static_cast<int>(page_height)};

PixelBox common(const PixelBox& a, const PixelBox& b) {
  return {std::max(a.left, b.left), std::max(a.top, b.top), std::min(a.right, b.right), std::min(a.bottom, b.bottom)};
}

// `box` counts from the bitmap's own corner and lies within it.
bool has_black(const BitmapView& bitmap, const PixelBox& box) {
  for (int y = box.top; y < box.bottom; ++y) {
    const auto* row = bitmap.rows + static_cast<std::size_t>(y) * bitmap.stride;
    for (int x = box.left; x < box.right; ++x) {
      if ((row[x / 8] >> (7 - x % 8) & 1U) != 0) return true;
    }
  }
  return false;
}
}  // namespace

bool lies_on_page(const Mark& mark) { return page.holds(mark.box()); }

bool Drawing::has_ink(PixelBox box, std::size_t first) const {
  const auto asked = marks().subspan(std::min(first, marks_.size()));
  return std::ranges::any_of(asked, [&](const Mark& mark) {
    const auto met = common(box, mark.box());
    return !met.empty() && has_black(mark.symbol->bitmap(), {met.left - mark.left, met.top - mark.top,
                                                             met.right - mark.left, met.bottom - mark.top});
  });
}

bool Drawing::shows_alone(const Symbol& symbol, int left, int top) const {
  const PixelBox box{left, top, left + symbol.width(), top + symbol.height()};
  int times = 0;
  for (const auto& mark : marks_) {
    if (common(box, mark.box()).empty()) continue;
    if (mark.symbol.get() != &symbol || mark.left != left || mark.top != top) return false;
    ++times;
  }
  return times == 1;
}

Raster Drawing::pixels() const {
  Raster raster;
  for (const auto& mark : marks_) std::ignore = raster.paint(mark.symbol->bitmap(), mark.left, mark.top);
  return raster;
}

}  // namespace mado::paper
