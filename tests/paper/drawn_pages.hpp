// Pages that are drawn for tests: many different symbols in many places, none with a text.
#pragma once

#include "paper/drawing.hpp"

namespace mado::paper::drawn_pages {

// A bitmap that differs for each `number`: its binary digits as blocks of 3 pixels, over a noisy row.
inline std::shared_ptr<const Symbol> symbol(std::size_t number) {
  const int width = 17 + static_cast<int>(number % 23);
  const int height = 19 + static_cast<int>(number % 7);
  const auto stride = static_cast<std::size_t>(width + 7) / 8;
  Bytes rows(stride * static_cast<std::size_t>(height));
  const auto black = [&](int x, int y) {
    if (x < width)
      rows[static_cast<std::size_t>(y) * stride + static_cast<std::size_t>(x) / 8] |=
          static_cast<std::uint8_t>(0x80U >> (x % 8));
  };
  for (int y = 0; y < height - 1; ++y) {
    const auto digit = static_cast<std::size_t>(y / 3) * 5;
    for (int x = 0; x < 15; ++x) {
      if ((number >> (digit + static_cast<std::size_t>(x) / 3) & 1U) != 0) black(x, y);
    }
  }
  for (int x = 0; x < width; x += 1 + static_cast<int>(number % 3)) black(x, height - 1);
  return Symbol::of({width, height, stride, rows.data()}).value();
}

// `marks` marks of `symbols` different symbols, all over the page.
inline Drawing of_symbols(std::size_t symbols, std::size_t marks) {
  std::vector<std::shared_ptr<const Symbol>> all;
  for (std::size_t i = 0; i < symbols; ++i) all.push_back(symbol(i));
  Drawing page;
  for (std::size_t i = 0; i < marks; ++i) {
    page.add({all[i % symbols], static_cast<int>(i * 61 % 4900), static_cast<int>(i * 61 / 4900 * 6 % 6980)});
  }
  return page;
}

}  // namespace mado::paper::drawn_pages
