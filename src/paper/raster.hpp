// The pixels of one page while it is being drawn: 4960×7016, 1 bit each, packed, most significant bit first, black
// is 1. A page shows personal data: a Raster wipes its memory when it is destroyed and cannot be copied.
#pragma once

#include <cstdint>

#include "base/bytes.hpp"
#include "paper/page.hpp"

namespace mado::paper {

inline constexpr std::size_t row_bytes = page_width / 8;  // 620

// A rectangle of whole pixels: [left, right) × [top, bottom), from the page's upper left corner.
struct PixelBox {
  int left = 0;
  int top = 0;
  int right = 0;
  int bottom = 0;

  bool empty() const { return left >= right || top >= bottom; }
  bool holds(const PixelBox& inner) const {
    return left <= inner.left && top <= inner.top && inner.right <= right && inner.bottom <= bottom;
  }
  friend bool operator==(const PixelBox&, const PixelBox&) = default;
};

// A small 1-bit image, packed like the page, each row padded with zeros to `stride` bytes. A view: it owns nothing.
struct BitmapView {
  int width = 0;
  int height = 0;
  std::size_t stride = 0;
  const std::uint8_t* rows = nullptr;
};

class Raster {
 public:
  Raster();
  ~Raster();
  Raster(Raster&&) noexcept = default;
  Raster& operator=(Raster&&) = delete;

  // Paints every pixel of `box` black. What lies outside the page is left out.
  void fill(PixelBox box);
  // Paints the black pixels of `bitmap` with its upper left corner at (left, top). True if it lies wholly on the page;
  // else nothing is painted.
  [[nodiscard]] bool paint(const BitmapView& bitmap, int left, int top);
  // Whether any pixel of `box` is black.
  bool has_ink(PixelBox box) const;

  ByteView bits() const { return bits_; }

 private:
  Bytes bits_;
};

// Nearest pixel to a place in millimetres.
int to_pixels(double millimetres);

}  // namespace mado::paper
