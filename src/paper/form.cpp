// Reads a form's file. The first thing that is wrong is refused, with its place.
#include "paper/form.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "paper/form_check.hpp"
#include "paper/form_keys.hpp"

namespace mado::paper {

namespace {
constexpr std::size_t most_form_bytes = 256 * 1024;
constexpr double default_padding = 0.8;
constexpr double most_frame = 2 * box_margin - 0.1;
constexpr double most_height = 289;
constexpr std::size_t most_rows = 40;
constexpr std::size_t most_heads = 4;

Outcome<Align> read_align(const FormKeys& keys) {
  constexpr std::array aligns{Align::left, Align::center, Align::right, Align::spread};
  MADO_TRY(chosen, keys.choice("align", {"left", "center", "right", "spread"}, 0));
  return aligns.at(chosen);
}

Outcome<Type> read_type(const FormKeys& keys) {
  MADO_TRY(size, keys.length("size", 1.5, 15));
  MADO_TRY(least, keys.length("least", 1.5, size, size));
  MADO_TRY(align, read_align(keys));
  MADO_TRY(lines, keys.integer("lines", 4, 1));
  MADO_TRY(padding, keys.length("padding", box_margin, 20, default_padding));
  MADO_TRY(leading, keys.length("leading", 1, 3, default_leading));
  MADO_TRY(hang, keys.length("hang", 0, 40, 0));
  return Type{size, least, align, lines, padding, leading, hang};
}

Outcome<void> read_frame(const FormKeys& keys, const Box& box, Area& area) {
  if (!keys.has("frame")) return {};
  MADO_TRY(thickness, keys.length("frame", 0.05, most_frame));
  area.frames.push_back({box, thickness});
  return {};
}

Outcome<Label> read_label(const FormKeys& keys) {
  MADO_TRY(box, keys.box("box"));
  MADO_TRY(type, read_type(keys));
  MADO_TRY(text, keys.text("text"));
  return Label{box, type, text};
}

Outcome<void> add_label(const FormKeys& keys, Area& area) {
  MADO_CHECK(keys.only({"box", "text", "size", "least", "align", "lines", "padding", "leading", "hang", "frame"}));
  MADO_TRY(label, read_label(keys));
  MADO_CHECK(read_frame(keys, label.box, area));
  area.labels.push_back(std::move(label));
  return {};
}

Outcome<Overflow> read_overflow(const FormKeys& keys) {
  constexpr std::array ways{Overflow::refuse, Overflow::limit, Overflow::blank};
  MADO_TRY(chosen, keys.choice("overflow", {"refuse", "limit", "blank"}, 0));
  return ways.at(chosen);
}

Outcome<void> add_field(const FormKeys& keys, Area& area) {
  MADO_CHECK(keys.only({"box", "name", "size", "least", "align", "lines", "padding", "leading", "hang", "frame",
                        "mandatory", "grows", "overflow"}));
  Field field;
  MADO_TRY(box, keys.box("box"));
  MADO_TRY(type, read_type(keys));
  MADO_TRY(name, keys.text("name"));
  if (area.field(name) != nullptr) return keys.refused("name", "is used twice");
  MADO_TRY(mandatory, keys.flag("mandatory"));
  MADO_TRY(grows, keys.flag("grows"));
  MADO_TRY(overflow, read_overflow(keys));
  if (grows && (type.lines != 1 || type.least != type.size)) {
    return keys.refused("grows", "cannot stand beside lines or least");
  }
  MADO_CHECK(read_frame(keys, box, area));
  area.fields.push_back({std::move(name), box, type, mandatory, grows, overflow, keys.line()});
  return {};
}

Outcome<void> add_image(const FormKeys& keys, Area& area) {
  MADO_CHECK(keys.only({"box", "name", "frame", "mandatory"}));
  MADO_TRY(box, keys.box("box"));
  MADO_TRY(name, keys.text("name"));
  if (area.image(name) != nullptr) return keys.refused("name", "is used twice");
  MADO_TRY(mandatory, keys.flag("mandatory"));
  MADO_CHECK(read_frame(keys, box, area));
  area.images.push_back({std::move(name), box, mandatory, keys.line()});
  return {};
}

Outcome<void> add_line(const FormKeys& keys, Area& area) {
  MADO_CHECK(keys.only({"box"}));
  MADO_TRY(box, keys.box("box"));
  area.lines.push_back(box);
  return {};
}

Outcome<void> add_box(const FormKeys& keys, Area& area) {
  MADO_CHECK(keys.only({"box", "frame"}));
  MADO_TRY(box, keys.box("box"));
  MADO_TRY(thickness, keys.length("frame", 0.05, most_frame));
  area.frames.push_back({box, thickness});
  return {};
}

using Add = Outcome<void> (*)(const FormKeys&, Area&);

Outcome<void> read_elements(const FormKeys& keys, std::string_view key, Add add, Area& area) {
  MADO_TRY(elements, keys.tables(key));
  for (const auto& element : elements) MADO_CHECK(add(element, area));
  return {};
}

Outcome<Area> read_area(const FormKeys& keys) {
  Area area;
  area.line = keys.line();
  MADO_CHECK(read_elements(keys, "line", add_line, area));
  MADO_CHECK(read_elements(keys, "box", add_box, area));
  MADO_CHECK(read_elements(keys, "label", add_label, area));
  MADO_CHECK(read_elements(keys, "field", add_field, area));
  MADO_CHECK(read_elements(keys, "image", add_image, area));
  return area;
}

Outcome<Area> read_part(const FormKeys& form, std::string_view key) {
  MADO_TRY(keys, form.table(key));
  MADO_CHECK(keys.only({"line", "box", "label", "field", "image"}));
  return read_area(keys);
}

Outcome<Flow> read_flow(const FormKeys& form) {
  MADO_TRY(keys, form.table("flow"));
  MADO_CHECK(keys.only({"at", "last_height", "rest"}));
  Flow flow;
  MADO_TRY(box, keys.box("at"));
  MADO_TRY(last_height, keys.length("last_height", 1, box.height, box.height));
  flow.box = box;
  flow.last_height = last_height;
  if (!keys.has("rest")) return flow;
  MADO_TRY(rest_keys, keys.table("rest"));
  MADO_CHECK(rest_keys.only({"box", "text", "size", "least", "align", "lines", "padding"}));
  MADO_TRY(rest, read_label(rest_keys));
  flow.rest = std::move(rest);
  return flow;
}

Outcome<Row> read_row(const FormKeys& keys) {
  MADO_CHECK(keys.only({"height", "with_next", "starts_page", "heads", "line", "box", "label", "field"}));
  Row row;
  MADO_TRY(height, keys.length("height", 1, most_height));
  MADO_TRY(with_next, keys.flag("with_next"));
  MADO_TRY(starts_page, keys.flag("starts_page"));
  MADO_TRY(heads, keys.words("heads"));
  if (heads.size() > most_heads) return keys.refused("heads", "names more than 4 rows");
  MADO_TRY(area, read_area(keys));
  return Row{height, std::move(area), with_next, starts_page, std::move(heads)};
}

Outcome<void> read_rows(const FormKeys& keys, Form& form) {
  MADO_TRY(rows, keys.named_tables("row"));
  if (rows.empty() == form.flow.has_value()) return keys.refused("row", "flow and rows go together");
  if (rows.size() > most_rows) return keys.refused("row", "holds more than 40 rows");
  for (const auto& [name, table] : rows) {
    MADO_TRY(row, read_row(table));
    form.rows.emplace(name, std::move(row));
  }
  for (const auto& [name, table] : rows) {
    for (const auto& head : form.rows.at(name).heads) {
      if (form.row(head) == nullptr) return table.refused("heads", "\"" + head + "\" is no row of this form");
    }
  }
  return {};
}

Outcome<void> read_texts(const FormKeys& keys, Form& form) {
  MADO_TRY(texts, keys.named_texts("texts"));
  for (auto& [key, text] : texts) form.texts.emplace(key, std::move(text));
  if (!keys.has("texts")) return {};
  MADO_TRY(table, keys.table("texts"));
  form.texts_line = table.line();
  return {};
}

Outcome<Form> read_form(const FormKeys& keys) {
  MADO_CHECK(keys.only({"name", "version", "texts", "page", "flow", "row", "footer", "seal"}));
  Form form;
  MADO_TRY(name, keys.text("name"));
  MADO_TRY(version, keys.text("version"));
  MADO_CHECK(read_texts(keys, form));
  MADO_TRY(page, read_part(keys, "page"));
  if (keys.has("flow")) {
    MADO_TRY(flow, read_flow(keys));
    form.flow = std::move(flow);
  }
  MADO_CHECK(read_rows(keys, form));
  MADO_TRY(footer, read_part(keys, "footer"));
  MADO_TRY(seal, keys.box("seal"));
  form.name = std::move(name);
  form.version = std::move(version);
  form.page = std::move(page);
  form.footer = std::move(footer);
  form.seal = seal;
  return form;
}
}  // namespace

const Field* Area::field(std::string_view name) const {
  const auto found = std::ranges::find(fields, name, &Field::name);
  return found == fields.end() ? nullptr : &*found;
}

const Image* Area::image(std::string_view name) const {
  const auto found = std::ranges::find(images, name, &Image::name);
  return found == images.end() ? nullptr : &*found;
}

std::string_view Form::text(std::string_view key) const {
  const auto found = texts.find(key);
  return found == texts.end() ? std::string_view{} : std::string_view{found->second};
}

const Row* Form::row(std::string_view wanted) const {
  const auto found = rows.find(wanted);
  return found == rows.end() ? nullptr : &found->second;
}

Outcome<Form> parse_form(std::string_view text, std::string_view file) {
  if (text.size() > most_form_bytes) {
    return refuse(Reason::configuration_invalid, fmt::format("{}: is longer than 256 KiB", file));
  }
  MADO_TRY(keys, FormKeys::parse(text, file));
  MADO_TRY(form, read_form(keys));
  form.file = file;
  if (auto sound = check_places(form); !sound) {
    return refuse(Reason::configuration_invalid, fmt::format("{}: {}", file, sound.error().cause));
  }
  return form;
}

Outcome<Form> load_form(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return refuse(Reason::configuration_invalid, file.string() + ": cannot be read");
  std::string text(most_form_bytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return parse_form(text, file.string());
}

}  // namespace mado::paper
