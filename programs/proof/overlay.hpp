// What a proof sheet shows over a page: a grid of 10 mm, and each field's box with its name.
#pragma once

#include <deque>
#include <string>

#include "paper/arrange.hpp"

namespace mado::proof {

// `texts` holds what the page then points to, and outlives it.
void add_overlay(paper::PlacedPage& page, std::deque<std::string>& texts);

}  // namespace mado::proof
