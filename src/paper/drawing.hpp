// A page while it is being drawn: which symbols stand where. Marks are only ever added, black on white.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "paper/raster.hpp"
#include "paper/symbol.hpp"

namespace mado::paper {

// A symbol with its upper left corner at (left, top), in pixels from the page's.
struct Mark {
  PixelBox box() const { return {left, top, left + symbol->width(), top + symbol->height()}; }

  std::shared_ptr<const Symbol> symbol;  // never null
  int left = 0;
  int top = 0;
};

bool lies_on_page(const Mark& mark);

class Drawing {
 public:
  // The mark must lie wholly on the page (lies_on_page).
  void add(Mark mark) { marks_.push_back(std::move(mark)); }

  std::span<const Mark> marks() const { return marks_; }
  // Whether any pixel of `box` is black by the marks from the `first`-th on.
  bool has_ink(PixelBox box, std::size_t first = 0) const;
  // Whether `symbol` stands at (left, top), and no other mark's box meets its own.
  bool shows_alone(const Symbol& symbol, int left, int top) const;
  // The same page as pixels.
  Raster pixels() const;

 private:
  std::vector<Mark> marks_;
};

}  // namespace mado::paper
