// What stands on a page, for composers that are not ours: texts, rules and bitmaps in millimetres, with the sizes that
// the form's arrangement found. It owns everything.
#pragma once

#include <string>
#include <vector>

#include "paper/arrange.hpp"

namespace mado::bench {

struct Text {
  paper::Box box;
  paper::Type type;
  std::string text;
};
struct PageContent {
  std::vector<paper::Box> lines;
  std::vector<paper::Frame> frames;
  std::vector<Text> texts;
  paper::BitmapView seal;  // the one image; its owner is the form's seal
  paper::Box seal_box;
};

PageContent content_of(const paper::PlacedPage& page);

// {"lines","frames","texts","seal"} for bench/peers.
std::string json_of(const PageContent& content);

}  // namespace mado::bench
