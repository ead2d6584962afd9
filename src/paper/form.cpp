// Reads a form's TOML. The first thing that is wrong is refused, with its place.
#include "paper/form.hpp"

#include <fmt/format.h>

#include "base/toml_guard.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <initializer_list>
#include <iterator>

#include "paper/form_check.hpp"

namespace mado::paper {

namespace {
constexpr std::size_t most_form_bytes = 256 * 1024;
constexpr std::size_t most_elements = 500;
constexpr std::size_t most_text_bytes = 600;
constexpr double default_padding = 0.8;
constexpr double most_millimetres = 297;
constexpr std::int64_t most_blocks = 20;

// Where in the file a value stands, for refusals.
struct Place {
  std::string_view file;
  std::string key;

  Place at(std::string_view inner) const {
    return {file, key.empty() ? std::string(inner) : fmt::format("{}.{}", key, inner)};
  }
  Place at(std::string_view inner, std::size_t index) const { return at(fmt::format("{}[{}]", inner, index)); }
  std::unexpected<Refusal> refused(const toml::node& node, std::string_view why) const {
    return refuse(Reason::configuration_invalid,
                  fmt::format("{}:{}: {}: {}", file, node.source().begin.line, key, why));
  }
};

Outcome<void> only_keys(const toml::table& table, const Place& place, std::initializer_list<std::string_view> known) {
  for (const auto& [key, node] : table) {
    if (std::ranges::find(known, key.str()) == known.end()) return place.at(key.str()).refused(node, "is no known key");
  }
  return {};
}

Outcome<const toml::node*> required(const toml::table& table, const Place& place, std::string_view key) {
  const auto* node = table.get(key);
  if (node == nullptr) return place.at(key).refused(table, "is missing");
  return node;
}

Outcome<std::string> read_text(const toml::table& table, const Place& place, std::string_view key) {
  MADO_TRY(node, required(table, place, key));
  const auto text = node->value<std::string>();
  if (!node->is_string() || text->empty()) return place.at(key).refused(*node, "must be a text");
  if (text->size() > most_text_bytes) return place.at(key).refused(*node, "is longer than 600 bytes");
  return *text;
}

Outcome<double> length_of(const toml::node& node, const Place& place, double least, double most) {
  if (!node.is_number()) return place.refused(node, "must be a number of millimetres");
  const double value = *node.value<double>();
  if (!(value >= least && value <= most)) return place.refused(node, fmt::format("must be {} to {} mm", least, most));
  return value;
}

Outcome<double> read_length(const toml::table& table, const Place& place, std::string_view key, double least,
                            double most) {
  MADO_TRY(node, required(table, place, key));
  return length_of(*node, place.at(key), least, most);
}

Outcome<double> read_length(const toml::table& table, const Place& place, std::string_view key, double least,
                            double most, double otherwise) {
  const auto* node = table.get(key);
  if (node == nullptr) return otherwise;
  return length_of(*node, place.at(key), least, most);
}

Outcome<int> read_integer(const toml::table& table, const Place& place, std::string_view key, std::int64_t most,
                          std::optional<int> otherwise) {
  if (table.get(key) == nullptr && otherwise) return *otherwise;
  MADO_TRY(node, required(table, place, key));
  const auto value = node->value<std::int64_t>();
  if (!node->is_integer() || *value < 1 || *value > most) {
    return place.at(key).refused(*node, fmt::format("must be a whole number, 1 to {}", most));
  }
  return static_cast<int>(*value);
}

Outcome<Box> read_box(const toml::table& table, const Place& place, std::string_view key) {
  MADO_TRY(node, required(table, place, key));
  const auto* array = node->as_array();
  if (array == nullptr || array->size() != 4) return place.at(key).refused(*node, "must be [x, y, width, height]");
  std::array<double, 4> values{};
  for (std::size_t i = 0; i < values.size(); ++i) {
    MADO_TRY(value, length_of(*array->get(i), place.at(key, i), 0, most_millimetres));
    values[i] = value;
  }
  if (values[2] <= 0 || values[3] <= 0) return place.at(key).refused(*node, "has no area");
  return Box{values[0], values[1], values[2], values[3]};
}

Outcome<Align> read_align(const toml::table& table, const Place& place) {
  const auto* node = table.get("align");
  if (node == nullptr) return Align::left;
  const auto text = node->value_or(std::string{});
  if (text == "left") return Align::left;
  if (text == "center") return Align::center;
  if (text == "right") return Align::right;
  if (text == "spread") return Align::spread;
  return place.at("align").refused(*node, "must be left, center, right or spread");
}

Outcome<Type> read_type(const toml::table& table, const Place& place) {
  MADO_TRY(size, read_length(table, place, "size", 1.5, 15));
  MADO_TRY(least, read_length(table, place, "least", 1.5, size, size));
  MADO_TRY(align, read_align(table, place));
  MADO_TRY(lines, read_integer(table, place, "lines", 4, 1));
  MADO_TRY(padding, read_length(table, place, "padding", box_margin, 20, default_padding));
  return Type{size, least, align, lines, padding};
}

Outcome<void> read_frame(const toml::table& table, const Place& place, const Box& box, Area& area) {
  if (table.get("frame") == nullptr) return {};
  MADO_TRY(thickness, read_length(table, place, "frame", 0.05, 2 * box_margin - 0.1));
  area.frames.push_back({box, thickness});
  return {};
}

Outcome<Label> read_label(const toml::table& table, const Place& place) {
  MADO_TRY(box, read_box(table, place, "box"));
  MADO_TRY(type, read_type(table, place));
  MADO_TRY(text, read_text(table, place, "text"));
  return Label{box, type, text};
}

Outcome<void> add_label(const toml::table& table, const Place& place, Area& area) {
  MADO_CHECK(only_keys(table, place, {"box", "text", "size", "least", "align", "lines", "padding", "frame"}));
  MADO_TRY(label, read_label(table, place));
  MADO_CHECK(read_frame(table, place, label.box, area));
  area.labels.push_back(std::move(label));
  return {};
}

Outcome<void> add_field(const toml::table& table, const Place& place, Area& area) {
  MADO_CHECK(
      only_keys(table, place, {"box", "name", "size", "least", "align", "lines", "padding", "frame", "mandatory"}));
  MADO_TRY(box, read_box(table, place, "box"));
  MADO_TRY(type, read_type(table, place));
  MADO_TRY(name, read_text(table, place, "name"));
  if (area.field(name) != nullptr) return place.at("name").refused(*table.get("name"), "is used twice");
  const auto* mandatory = table.get("mandatory");
  if (mandatory != nullptr && !mandatory->is_boolean()) {
    return place.at("mandatory").refused(*mandatory, "must be true or false");
  }
  MADO_CHECK(read_frame(table, place, box, area));
  area.fields.push_back({name, box, type, mandatory != nullptr && *mandatory->value<bool>()});
  return {};
}

Outcome<void> add_line(const toml::table& table, const Place& place, Area& area) {
  MADO_CHECK(only_keys(table, place, {"box"}));
  MADO_TRY(box, read_box(table, place, "box"));
  area.lines.push_back(box);
  return {};
}

Outcome<void> add_box(const toml::table& table, const Place& place, Area& area) {
  MADO_CHECK(only_keys(table, place, {"box", "frame"}));
  MADO_TRY(box, read_box(table, place, "box"));
  MADO_TRY(thickness, read_length(table, place, "frame", 0.05, 2 * box_margin - 0.1));
  area.frames.push_back({box, thickness});
  return {};
}

using Add = Outcome<void> (*)(const toml::table&, const Place&, Area&);

Outcome<void> read_elements(const toml::table& table, const Place& place, std::string_view key, Add add, Area& area) {
  const auto* node = table.get(key);
  if (node == nullptr) return {};
  const auto* array = node->as_array();
  if (array == nullptr || array->size() > most_elements) {
    return place.at(key).refused(*node, "must be an array of at most 500 tables");
  }
  for (std::size_t i = 0; i < array->size(); ++i) {
    const auto here = place.at(key, i);
    const auto* element = array->get(i)->as_table();
    if (element == nullptr) return here.refused(*array->get(i), "must be a table");
    MADO_CHECK(add(*element, here, area));
  }
  return {};
}

Outcome<Area> read_area(const toml::table& table, const Place& place) {
  Area area;
  MADO_CHECK(read_elements(table, place, "line", add_line, area));
  MADO_CHECK(read_elements(table, place, "box", add_box, area));
  MADO_CHECK(read_elements(table, place, "label", add_label, area));
  MADO_CHECK(read_elements(table, place, "field", add_field, area));
  return area;
}

Outcome<const toml::table*> required_table(const toml::table& table, const Place& place, std::string_view key) {
  MADO_TRY(node, required(table, place, key));
  const auto* inner = node->as_table();
  if (inner == nullptr) return place.at(key).refused(*node, "must be a table");
  return inner;
}

Outcome<Area> read_part(const toml::table& form, const Place& place, std::string_view key) {
  MADO_TRY(table, required_table(form, place, key));
  MADO_CHECK(only_keys(*table, place.at(key), {"line", "box", "label", "field"}));
  return read_area(*table, place.at(key));
}

Outcome<Block> read_block(const toml::table& form, const Place& place) {
  MADO_TRY(table, required_table(form, place, "block"));
  const auto here = place.at("block");
  MADO_CHECK(only_keys(*table, here, {"at", "count", "rest", "line", "box", "label", "field"}));
  Block block;
  MADO_TRY(box, read_box(*table, here, "at"));
  MADO_TRY(count, read_integer(*table, here, "count", most_blocks, std::nullopt));
  MADO_TRY(rest_table, required_table(*table, here, "rest"));
  MADO_CHECK(only_keys(*rest_table, here.at("rest"), {"box", "text", "size", "least", "align", "lines", "padding"}));
  MADO_TRY(rest, read_label(*rest_table, here.at("rest")));
  MADO_TRY(area, read_area(*table, here));
  return Block{box, count, std::move(area), std::move(rest)};
}

Outcome<void> read_texts(const toml::table& form, const Place& place, Form& into) {
  if (form.get("texts") == nullptr) return {};
  MADO_TRY(table, required_table(form, place, "texts"));
  for (const auto& [key, node] : *table) {
    MADO_TRY(text, read_text(*table, place.at("texts"), key.str()));
    into.texts.emplace(key.str(), std::move(text));
  }
  return {};
}

Outcome<Form> read_form(const toml::table& table, const Place& place) {
  MADO_CHECK(only_keys(table, place, {"name", "version", "texts", "page", "block", "footer", "seal"}));
  Form form;
  MADO_TRY(name, read_text(table, place, "name"));
  MADO_TRY(version, read_text(table, place, "version"));
  MADO_CHECK(read_texts(table, place, form));
  MADO_TRY(page, read_part(table, place, "page"));
  MADO_TRY(block, read_block(table, place));
  MADO_TRY(footer, read_part(table, place, "footer"));
  MADO_TRY(seal, read_box(table, place, "seal"));
  form.name = std::move(name);
  form.version = std::move(version);
  form.page = std::move(page);
  form.block = std::move(block);
  form.footer = std::move(footer);
  form.seal = seal;
  return form;
}

Outcome<toml::table> parse_toml(std::string_view text, std::string_view file) {
  const auto ascii = toml_in_ascii(text);
  if (!ascii) return refuse(Reason::configuration_invalid, fmt::format("{}:{}: is no TOML", file, ascii.error()));
  try {
    auto parsed = toml::parse(*ascii);
    if (parsed) return std::move(parsed).table();
    return refuse(Reason::configuration_invalid,
                  fmt::format("{}:{}: {}", file, parsed.error().source().begin.line, parsed.error().description()));
  } catch (const NotToml& broken) {
    return refuse(Reason::configuration_invalid, fmt::format("{}: {}", file, broken.what()));
  }
}
}  // namespace

const Field* Area::field(std::string_view name) const {
  const auto found = std::ranges::find(fields, name, &Field::name);
  return found == fields.end() ? nullptr : &*found;
}

Outcome<Form> parse_form(std::string_view text, std::string_view file) {
  if (text.size() > most_form_bytes) {
    return refuse(Reason::configuration_invalid, fmt::format("{}: is longer than 256 KiB", file));
  }
  MADO_TRY(table, parse_toml(text, file));
  MADO_TRY(form, read_form(table, Place{file, {}}));
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
