// The yardstick: the same page drawn with Cairo at 600 dpi (8 bits, then cut to 1) and encoded by libtiff.
#pragma once

#include <memory>

#include "base/refusal.hpp"
#include "bench/page_content.hpp"

namespace mado::bench {

class CairoComposer {
 public:
  explicit CairoComposer(const char* font_file);
  ~CairoComposer();
  Outcome<Bytes> compose(const PageContent& content) const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace mado::bench
