#include "paper/form_check.hpp"

#include <fmt/format.h>

#include "paper/page.hpp"
#include "paper/raster.hpp"
#include "paper/seal.hpp"

namespace mado::paper {

namespace {
// What a printer's edge keeps white.
constexpr double edge = 4;
constexpr Box printable{edge, edge, 210 - 2 * edge, 297 - 2 * edge};
constexpr double rounding = 0.001;

struct Part {
  std::string name;
  Box box;
};

bool holds(const Box& outer, const Box& inner) {
  return inner.x >= outer.x - rounding && inner.y >= outer.y - rounding &&
         inner.x + inner.width <= outer.x + outer.width + rounding &&
         inner.y + inner.height <= outer.y + outer.height + rounding;
}

bool overlap(const Box& a, const Box& b) {
  return a.x + a.width > b.x + rounding && b.x + b.width > a.x + rounding && a.y + a.height > b.y + rounding &&
         b.y + b.height > a.y + rounding;
}

Box inside_of(const Box& box) {
  return {box.x + box_margin, box.y + box_margin, box.width - 2 * box_margin, box.height - 2 * box_margin};
}

void add_texts(const Area& area, double x, double y, const std::string& where, std::vector<Part>& parts) {
  for (const auto& label : area.labels) {
    parts.push_back({fmt::format("{} label \"{}\"", where, label.text), label.box.moved(x, y)});
  }
  for (const auto& field : area.fields) {
    parts.push_back({fmt::format("{} field \"{}\"", where, field.name), field.box.moved(x, y)});
  }
}

// Every text and the seal, as they stand on a last page that is full.
std::vector<Part> texts_of(const Form& form) {
  std::vector<Part> parts;
  add_texts(form.page, 0, 0, "page", parts);
  add_texts(form.footer, 0, 0, "footer", parts);
  for (int i = 0; i < form.block.count; ++i) {
    add_texts(form.block.area, form.block.box.x, form.block.box.y + i * form.block.box.height,
              fmt::format("block {}", i + 1), parts);
  }
  parts.push_back({"seal", form.seal});
  return parts;
}

std::vector<Box> lines_of(const Form& form) {
  auto lines = form.page.lines;
  lines.insert(lines.end(), form.footer.lines.begin(), form.footer.lines.end());
  for (int i = 0; i < form.block.count; ++i) {
    for (const auto& line : form.block.area.lines) {
      lines.push_back(line.moved(form.block.box.x, form.block.box.y + i * form.block.box.height));
    }
  }
  return lines;
}

std::unexpected<Refusal> refused(std::string why) { return refuse(Reason::configuration_invalid, std::move(why)); }

Outcome<void> check_inside_block(const Block& block) {
  const Box own{0, 0, block.box.width, block.box.height};
  std::vector<Part> parts{{"block's rest", block.rest.box}};
  add_texts(block.area, 0, 0, "block's", parts);
  for (const auto& part : parts) {
    if (!holds(own, part.box)) return refused(part.name + " leaves its block");
  }
  for (const auto& frame : block.area.frames) {
    if (!holds(own, frame.box)) return refused("a box leaves its block");
  }
  return {};
}

Outcome<void> check_overlaps(const std::vector<Part>& parts, const std::vector<Box>& lines) {
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (std::size_t j = i + 1; j < parts.size(); ++j) {
      if (overlap(parts[i].box, parts[j].box)) return refused(parts[i].name + " overlaps " + parts[j].name);
    }
    for (const auto& line : lines) {
      if (overlap(inside_of(parts[i].box), line)) return refused("a line crosses " + parts[i].name);
    }
  }
  return {};
}
}  // namespace

Outcome<void> check_places(const Form& form) {
  MADO_CHECK(check_inside_block(form.block));
  const auto parts = texts_of(form);
  for (const auto& part : parts) {
    if (!holds(printable, part.box)) return refused(part.name + " leaves the printable page (4 mm from the edge)");
  }
  const int seal_side = std::min(to_pixels(form.seal.width), to_pixels(form.seal.height));
  if (seal_side < most_seal_pixels) return refused("seal must be at least 25.02 mm each way");
  return check_overlaps(parts, lines_of(form));
}

}  // namespace mado::paper
