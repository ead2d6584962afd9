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

void add_texts(const Area& area, const std::string& where, std::vector<Part>& parts) {
  for (const auto& label : area.labels) parts.push_back({fmt::format("{} label \"{}\"", where, label.text), label.box});
  for (const auto& field : area.fields) parts.push_back({fmt::format("{} field \"{}\"", where, field.name), field.box});
  for (const auto& image : area.images) parts.push_back({fmt::format("{} image \"{}\"", where, image.name), image.box});
}

std::unexpected<Refusal> refused(std::string why) { return refuse(Reason::configuration_invalid, std::move(why)); }

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

// Every text and the seal, as they stand on the last page, with the flow as one.
Outcome<void> check_page(const Form& form) {
  std::vector<Part> parts;
  add_texts(form.page, "page", parts);
  add_texts(form.footer, "footer", parts);
  parts.push_back({"seal", form.seal});
  auto lines = form.page.lines;
  lines.insert(lines.end(), form.footer.lines.begin(), form.footer.lines.end());
  MADO_CHECK(check_overlaps(parts, lines));
  if (!form.flow) {
    for (const auto& part : parts) {
      if (!holds(printable, part.box)) return refused(part.name + " leaves the printable page (4 mm from the edge)");
    }
    return {};
  }
  const auto& flow = *form.flow;
  parts.push_back({"flow", {flow.box.x, flow.box.y, flow.box.width, flow.last_height}});
  for (const auto& part : parts) {
    if (!holds(printable, part.box)) return refused(part.name + " leaves the printable page (4 mm from the edge)");
  }
  MADO_CHECK(check_overlaps(parts, {}));
  std::vector<Part> first;  // of a page that is not the last
  add_texts(form.page, "page", first);
  first.push_back({"flow", flow.box});
  if (!holds(printable, flow.box)) return refused("flow leaves the printable page (4 mm from the edge)");
  return check_overlaps(first, {});
}

Outcome<void> check_grown(const Row& row, const std::string& where) {
  for (const auto& field : row.area.fields) {
    if (field.grows && field.box.bottom() < row.height - rounding) {
      return refused(fmt::format("{} field \"{}\" grows, so it must reach the row's lower edge", where, field.name));
    }
  }
  return {};
}

Outcome<void> check_row(const Form& form, const std::string& name, const Row& row) {
  const auto where = "row " + name;
  const auto& flow = *form.flow;
  if (row.height > flow.last_height + rounding) return refused(where + " is higher than the flow on the last page");
  const Box own{0, 0, flow.box.width, row.height};
  std::vector<Part> parts;
  add_texts(row.area, where, parts);
  for (const auto& part : parts) {
    if (!holds(own, part.box)) return refused(part.name + " leaves its row");
  }
  for (const auto& frame : row.area.frames) {
    if (!holds(own, frame.box)) return refused("a box leaves " + where);
  }
  auto lines = row.area.lines;
  for (const auto& line : lines) {
    if (!holds(own, line)) return refused("a line leaves " + where);
  }
  for (const auto& line : form.page.lines) {
    if (overlap(line, flow.box)) lines.push_back({line.x - flow.box.x, 0, line.width, row.height});
  }
  MADO_CHECK(check_grown(row, where));
  return check_overlaps(parts, lines);
}
}  // namespace

Outcome<void> check_places(const Form& form) {
  const int seal_side = std::min(to_pixels(form.seal.width), to_pixels(form.seal.height));
  if (seal_side < most_seal_pixels) return refused("seal must be at least 25.02 mm each way");
  MADO_CHECK(check_page(form));
  if (!form.flow) return {};
  for (const auto& [name, row] : form.rows) MADO_CHECK(check_row(form, name, row));
  if (!form.flow->rest) return {};
  const auto& rest = form.flow->rest->box;
  if (rest.x + rest.width > form.flow->box.width + rounding) return refused("flow's rest leaves the flow");
  return {};
}

}  // namespace mado::paper
