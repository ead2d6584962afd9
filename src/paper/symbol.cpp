#include "paper/symbol.hpp"

#include <functional>
#include <string_view>

#include "paper/jbig2_dictionary.hpp"

namespace mado::paper {

namespace {
std::size_t stride_of(int width) { return (static_cast<std::size_t>(width) + 7) / 8; }

bool fits_page(int width, int height) {
  return width > 0 && height > 0 && width <= static_cast<int>(page_width) && height <= static_cast<int>(page_height);
}
}  // namespace

Outcome<std::shared_ptr<const Symbol>> Symbol::of(const BitmapView& bitmap) {
  if (!fits_page(bitmap.width, bitmap.height)) return refuse(Reason::internal, "a symbol is empty or too large");
  const auto stride = stride_of(bitmap.width);
  const std::shared_ptr<Symbol> symbol{new Symbol};
  symbol->width_ = bitmap.width;
  symbol->height_ = bitmap.height;
  symbol->rows_.reserve(stride * static_cast<std::size_t>(bitmap.height));
  for (int y = 0; y < bitmap.height; ++y) {
    const auto* row = bitmap.rows + static_cast<std::size_t>(y) * bitmap.stride;
    symbol->rows_.insert(symbol->rows_.end(), row, row + stride);
  }
  symbol->dictionary_ = dictionary_of(symbol->bitmap());
  const auto& data = symbol->dictionary_;
  symbol->hash_ = std::hash<std::string_view>{}({reinterpret_cast<const char*>(data.data()), data.size()});
  return symbol;
}

Outcome<std::shared_ptr<const Symbol>> Symbol::filled(int width, int height) {
  if (!fits_page(width, height)) return refuse(Reason::internal, "a rule is empty or too long");
  const auto stride = stride_of(width);
  Bytes row(stride, 0xff);
  if (width % 8 != 0) row.back() = static_cast<std::uint8_t>(0xffU << (8 - width % 8));
  Bytes rows;
  rows.reserve(stride * static_cast<std::size_t>(height));
  for (int y = 0; y < height; ++y) rows.insert(rows.end(), row.begin(), row.end());
  return of({width, height, stride, rows.data()});
}

}  // namespace mado::paper
