#include "paper/rules.hpp"

#include <algorithm>
#include <tuple>

#include "paper/layout.hpp"

namespace mado::paper {

namespace {
// A frame's line is centred on the box's edge.
void add_frame(const Box& box, double thickness, std::vector<PixelBox>& rules) {
  const int line = std::max(to_pixels(thickness), 1);
  const auto edge = pixels_of(box);
  const int before = line / 2;
  const int after = line - before;
  rules.push_back({edge.left - before, edge.top - before, edge.right + after, edge.top + after});
  rules.push_back({edge.left - before, edge.bottom - before, edge.right + after, edge.bottom + after});
  rules.push_back({edge.left - before, edge.top - before, edge.left + after, edge.bottom + after});
  rules.push_back({edge.right - before, edge.top - before, edge.right + after, edge.bottom + after});
}

bool lies_flat(const PixelBox& rule) { return rule.right - rule.left >= rule.bottom - rule.top; }

PixelBox turned(const PixelBox& box) { return {box.top, box.left, box.bottom, box.right}; }

// Flat rules of the same rows, from left to right.
std::vector<PixelBox> joined_flat(std::vector<PixelBox> rules) {
  std::ranges::sort(rules, {}, [](const PixelBox& rule) { return std::tuple(rule.top, rule.bottom, rule.left); });
  std::vector<PixelBox> fewer;
  for (const auto& rule : rules) {
    const bool goes_on = !fewer.empty() && fewer.back().top == rule.top && fewer.back().bottom == rule.bottom &&
                         rule.left <= fewer.back().right;
    if (goes_on) {
      fewer.back().right = std::max(fewer.back().right, rule.right);
    } else {
      fewer.push_back(rule);
    }
  }
  return fewer;
}
}  // namespace

std::vector<PixelBox> joined(std::vector<PixelBox> rules) {
  const auto upright = std::ranges::partition(rules, lies_flat);
  std::vector<PixelBox> standing;
  for (const auto& rule : upright) standing.push_back(turned(rule));
  rules.erase(upright.begin(), upright.end());
  auto fewer = joined_flat(std::move(rules));
  for (const auto& rule : joined_flat(std::move(standing))) fewer.push_back(turned(rule));
  return fewer;
}

std::vector<PixelBox> rules_of(std::span<const Box> lines, std::span<const Frame> frames) {
  std::vector<PixelBox> rules;
  for (const auto& line : lines) rules.push_back(pixels_of(line));
  for (const auto& frame : frames) add_frame(frame.box, frame.thickness, rules);
  constexpr PixelBox page{0, 0, static_cast<int>(page_width), static_cast<int>(page_height)};
  for (auto& rule : rules) {
    rule = {std::max(rule.left, page.left), std::max(rule.top, page.top), std::min(rule.right, page.right),
            std::min(rule.bottom, page.bottom)};
  }
  std::erase_if(rules, [](const PixelBox& rule) { return rule.empty(); });
  return joined(std::move(rules));
}

}  // namespace mado::paper
