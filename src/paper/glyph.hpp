// A glyph at one size.
#pragma once

#include <memory>

#include "paper/symbol.hpp"

namespace mado::paper {

struct Glyph {
  std::shared_ptr<const Symbol> symbol;  // null for a space
  int left = 0;                          // from the pen to the symbol's left edge, pixels
  int top = 0;                           // from the baseline up to the symbol's upper edge, pixels
};

}  // namespace mado::paper
