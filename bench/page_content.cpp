#include "bench/page_content.hpp"

#include <fmt/format.h>

namespace mado::bench {

namespace {
std::string json_of(const paper::Box& box) {
  return fmt::format(R"("x":{:.3f},"y":{:.3f},"width":{:.3f},"height":{:.3f})", box.x, box.y, box.width, box.height);
}

std::string_view name_of(paper::Align align) {
  switch (align) {
    case paper::Align::left:
      return "left";
    case paper::Align::center:
      return "center";
    case paper::Align::right:
      return "right";
    case paper::Align::spread:
      break;
  }
  return "spread";
}

// The texts of the benchmark hold nothing that JSON would have to escape.
template <typename Items, typename Write>
std::string list(std::string_view name, const Items& items, const Write& write) {
  std::string text;
  for (const auto& item : items) text += fmt::format("{}{{{}}}", text.empty() ? "" : ",\n ", write(item));
  return fmt::format("\"{}\":[\n {}]", name, text);
}
}  // namespace

PageContent content_of(const paper::PlacedPage& page) {
  PageContent content{page.lines, page.frames, {}, page.images.at(0).bitmap, page.images.at(0).box};
  for (const auto& [name, text, box, type, mandatory] : page.texts) {
    if (!text.empty()) content.texts.push_back({box, type, std::string(text)});
  }
  return content;
}

std::string json_of(const PageContent& content) {
  const auto lines = list("lines", content.lines, [](const paper::Box& line) { return json_of(line); });
  const auto frames = list("frames", content.frames, [](const paper::Frame& frame) {
    return fmt::format("{},\"thickness\":{:.3f}", json_of(frame.box), frame.thickness);
  });
  const auto texts = list("texts", content.texts, [](const Text& text) {
    return fmt::format(R"({},"size":{:.3f},"padding":{:.3f},"align":"{}","text":"{}")", json_of(text.box),
                       text.type.size, text.type.padding, name_of(text.type.align), text.text);
  });
  return fmt::format("{{{},\n{},\n{},\n\"seal\":{{{}}}}}\n", lines, frames, texts, json_of(content.seal_box));
}

}  // namespace mado::bench
