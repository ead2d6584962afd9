#include "paper/layout.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>

namespace mado::paper {

namespace {
constexpr double above_baseline = 0.88;  // of an em: where CJK faces put the top of their square

using Line = std::span<const Character>;

double width_of(Line line) {
  double width = 0;
  for (const auto& character : line) width += character.advance;
  return width;
}

// How much a line may hold, in ems.
struct Room {
  double first = 0;
  double further = 0;
};

Room room_of(const Box& box, const Type& type, int pixels) {
  const double room = (box.width - 2 * type.padding) * pixels_per_mm;
  return {room / pixels, (room - type.hang * pixels_per_mm) / pixels};
}

// Broken greedily into lines; nothing if that takes more than `most` lines.
std::optional<std::vector<Line>> broken(Line text, Room rooms, int most) {
  constexpr double rounding = 1e-9;
  std::vector<Line> lines;
  std::size_t start = 0;
  double width = 0;
  double room = rooms.first;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i].advance > room) return std::nullopt;
    if (width + text[i].advance > room + rounding) {
      lines.push_back(text.subspan(start, i - start));
      start = i;
      width = 0;
      room = rooms.further;
    }
    width += text[i].advance;
  }
  lines.push_back(text.subspan(start));
  if (lines.size() > static_cast<std::size_t>(most)) return std::nullopt;
  return lines;
}

int most_pixels(const Box& box, const Type& type, int lines) {
  const double room = (box.height - 2 * box_margin) * pixels_per_mm;
  return std::min(to_pixels(type.size), static_cast<int>(room / (1 + type.leading * (lines - 1))));
}

// First pen position and extra space between two characters.
struct Start {
  double pen = 0;
  double gap = 0;
};

Start start_of(Line line, const Box& box, const Type& type, int pixels) {
  const double left = (box.x + type.padding) * pixels_per_mm;
  const double spare = (box.width - 2 * type.padding) * pixels_per_mm - width_of(line) * pixels;
  switch (type.align) {
    case Align::left:
      return {left, 0};
    case Align::right:
      return {left + spare, 0};
    case Align::center:
      return {left + spare / 2, 0};
    case Align::spread:
      break;
  }
  if (line.size() < 2) return {left + spare / 2, 0};
  return {left, spare / static_cast<double>(line.size() - 1)};
}

Layout placed(const std::vector<Line>& lines, const Box& box, const Type& type, int pixels) {
  Layout layout{pixels, {}};
  const double height = pixels * (1 + type.leading * static_cast<double>(lines.size() - 1));
  double baseline = (box.y + box.height / 2) * pixels_per_mm - height / 2 + above_baseline * pixels;
  double indent = 0;
  for (const auto& line : lines) {
    const Box room{box.x + indent, box.y, box.width - indent, box.height};
    auto [pen, gap] = start_of(line, room, type, pixels);
    for (const auto& character : line) {
      layout.glyphs.push_back(
          {character.glyph, static_cast<int>(std::lround(pen)), static_cast<int>(std::lround(baseline))});
      pen += character.advance * pixels + gap;
    }
    baseline += type.leading * pixels;
    indent = type.hang;
  }
  return layout;
}
}  // namespace

PixelBox pixels_of(const Box& box) {
  return {to_pixels(box.x), to_pixels(box.y), to_pixels(box.x + box.width), to_pixels(box.y + box.height)};
}

PixelBox inside_of(const Box& box) {
  return pixels_of({box.x + box_margin, box.y + box_margin, box.width - 2 * box_margin, box.height - 2 * box_margin});
}

Outcome<Layout> lay_out(const std::vector<Character>& text, const Box& box, const Type& type) {
  const int least = to_pixels(type.least);
  for (int lines = 1; lines <= type.lines; ++lines) {
    for (int pixels = most_pixels(box, type, lines); pixels >= least; --pixels) {
      if (const auto parts = broken(text, room_of(box, type, pixels), lines)) return placed(*parts, box, type, pixels);
    }
  }
  return refuse(Reason::text_too_long, "does not fit its box at the least size");
}

Outcome<int> lines_of(const std::vector<Character>& text, double width, const Type& type) {
  const auto parts = broken(text, room_of({0, 0, width, 0}, type, to_pixels(type.size)), most_lines);
  if (!parts) return refuse(Reason::text_too_long, "needs more lines than a row may have");
  return static_cast<int>(parts->size());
}

std::size_t fitting(const std::vector<Character>& text, const Box& box, const Type& type) {
  auto part = text;
  while (!part.empty() && !lay_out(part, box, type)) part.pop_back();
  return part.size();
}

}  // namespace mado::paper
