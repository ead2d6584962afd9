#include "programs/proof/overlay.hpp"

#include <algorithm>

namespace mado::proof {

namespace {
constexpr double hairline = 0.05;
constexpr double page_width_mm = 210;
constexpr double page_height_mm = 297;
constexpr paper::Type small{1.5, 1.5, paper::Align::left, 1, 0.3};

void add_note(paper::PlacedPage& page, std::string_view text, double x, double y) {
  const double width = 0.8 + 1.3 * static_cast<double>(text.size());
  page.texts.push_back({{}, text, {std::min(x, page_width_mm - width), y, width, 2.2}, small, false});
}

void add_grid(paper::PlacedPage& page, std::deque<std::string>& texts) {
  for (int at = 10; at < page_height_mm; at += 10) {
    page.lines.push_back({0, at - hairline / 2, page_width_mm, hairline});
    add_note(page, texts.emplace_back(std::to_string(at)), 1, at);
    if (at >= page_width_mm) continue;
    page.lines.push_back({at - hairline / 2, 0, hairline, page_height_mm});
    add_note(page, texts.emplace_back(std::to_string(at)), at, 1);
  }
}
}  // namespace

void add_overlay(paper::PlacedPage& page, std::deque<std::string>& texts) {
  add_grid(page, texts);
  const auto placed = page.texts;
  for (const auto& text : placed) {
    if (text.name.empty()) continue;
    page.frames.push_back({text.box, hairline});
    add_note(page, text.name, text.box.x, text.box.y);
  }
  for (const auto& image : page.images) {
    page.frames.push_back({image.box, hairline});
    add_note(page, image.name, image.box.x, image.box.y - 2.2);
  }
}

}  // namespace mado::proof
