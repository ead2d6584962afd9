// The yardstick: the same page drawn with Cairo at 600 dpi (8 bits, then cut to 1) and encoded by libtiff.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/refusal.hpp"
#include "paper/compose.hpp"

namespace mado::bench {

// What stands on a page, with sizes as they were found to fit.
struct Text {
  paper::Box box;
  paper::Type type;
  std::string text;
};
struct Drawing {
  std::vector<paper::Frame> frames;
  std::vector<Text> texts;
  paper::BitmapView seal;
  paper::Box seal_box;
};

class CairoComposer {
 public:
  explicit CairoComposer(const char* font_file);
  ~CairoComposer();
  Outcome<paper::EncodedImage> compose(const Drawing& drawing) const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace mado::bench
