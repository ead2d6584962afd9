// The rules (罫線) of a page: lines and frames as black rectangles, as few as cover the same pixels.
#pragma once

#include <span>
#include <vector>

#include "paper/form.hpp"
#include "paper/raster.hpp"

namespace mado::paper {

// What lies outside the page is left out.
std::vector<PixelBox> rules_of(std::span<const Box> lines, std::span<const Frame> frames);

// The same black pixels from fewer rectangles: those of one line that touch or overlap become one.
std::vector<PixelBox> joined(std::vector<PixelBox> rules);

}  // namespace mado::paper
