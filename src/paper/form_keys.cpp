#include "paper/form_keys.hpp"

#include <fmt/format.h>

#include "base/toml_guard.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>

namespace mado::paper {

namespace {
struct Document {
  toml::table root;
  std::string file;
};

constexpr double most_millimetres = 297;

std::unexpected<Refusal> invalid(std::string cause) { return refuse(Reason::configuration_invalid, std::move(cause)); }

Outcome<toml::table> parse_toml(std::string_view text, std::string_view file) {
  const auto ascii = toml_in_ascii(text);
  if (!ascii) return invalid(fmt::format("{}:{}: is no TOML", file, ascii.error()));
  try {
    auto parsed = toml::parse(*ascii);
    if (parsed) return std::move(parsed).table();
    return invalid(fmt::format("{}:{}: {}", file, parsed.error().source().begin.line, parsed.error().description()));
  } catch (const NotToml& broken) {
    return invalid(fmt::format("{}: {}", file, broken.what()));
  }
}

struct Within {
  double least = 0;
  double most = 0;
};

std::expected<double, std::string> length_of(const toml::node& node, Within bounds) {
  if (!node.is_number()) return std::unexpected("must be a number of millimetres");
  const double value = *node.value<double>();
  if (value >= bounds.least && value <= bounds.most) return value;
  return std::unexpected(fmt::format("must be {} to {} mm", bounds.least, bounds.most));
}
}  // namespace

struct FormKeys::Table {
  std::shared_ptr<const Document> document;
  const toml::table& keys;
  std::string path;  // as in "row.person.field[2]"

  std::string path_of(std::string_view key) const {
    return path.empty() ? std::string(key) : fmt::format("{}.{}", path, key);
  }
  FormKeys inner(const toml::table& table, std::string its_path) const {
    return FormKeys{std::make_shared<const Table>(document, table, std::move(its_path))};
  }
  std::unexpected<Refusal> refused_at(const toml::node& node, std::string_view its_path, std::string_view why) const {
    return invalid(fmt::format("{}:{}: {}: {}", document->file, node.source().begin.line, its_path, why));
  }
};

Outcome<FormKeys> FormKeys::parse(std::string_view text, std::string_view file) {
  MADO_TRY(root, parse_toml(text, file));
  auto document = std::make_shared<const Document>(std::move(root), std::string(file));
  return FormKeys{std::make_shared<const Table>(document, document->root, std::string{})};
}

std::unexpected<Refusal> FormKeys::refused(std::string_view key, std::string_view why) const {
  const auto* node = table_->keys.get(key);
  return table_->refused_at(node == nullptr ? table_->keys : *node, table_->path_of(key), why);
}

Outcome<void> FormKeys::only(std::initializer_list<std::string_view> known) const {
  for (const auto& [key, node] : table_->keys) {
    if (std::ranges::find(known, key.str()) == known.end()) return refused(key.str(), "is no known key");
  }
  return {};
}

bool FormKeys::has(std::string_view key) const { return table_->keys.contains(key); }
int FormKeys::line() const { return static_cast<int>(table_->keys.source().begin.line); }

Outcome<std::string> FormKeys::text(std::string_view key) const {
  const auto* node = table_->keys.get(key);
  if (node == nullptr) return refused(key, "is missing");
  const auto text = node->value<std::string>();
  if (!node->is_string() || text->empty()) return refused(key, "must be a text");
  if (text->size() > most_text_bytes) return refused(key, "is longer than 600 bytes");
  return *text;
}

Outcome<double> FormKeys::length(std::string_view key, double least, double most) const {
  const auto* node = table_->keys.get(key);
  if (node == nullptr) return refused(key, "is missing");
  const auto length = length_of(*node, {least, most});
  if (!length) return refused(key, length.error());
  return *length;
}

Outcome<double> FormKeys::length(std::string_view key, double least, double most, double otherwise) const {
  if (!has(key)) return otherwise;
  return length(key, least, most);
}

Outcome<int> FormKeys::integer(std::string_view key, std::int64_t most, std::optional<int> otherwise) const {
  const auto* node = table_->keys.get(key);
  if (node == nullptr && otherwise) return *otherwise;
  if (node == nullptr) return refused(key, "is missing");
  const auto value = node->value<std::int64_t>();
  if (!node->is_integer() || *value < 1 || *value > most) {
    return refused(key, fmt::format("must be a whole number, 1 to {}", most));
  }
  return static_cast<int>(*value);
}

Outcome<bool> FormKeys::flag(std::string_view key) const {
  const auto* node = table_->keys.get(key);
  if (node == nullptr) return false;
  if (!node->is_boolean()) return refused(key, "must be true or false");
  return *node->value<bool>();
}

Outcome<Box> FormKeys::box(std::string_view key) const {
  const auto* node = table_->keys.get(key);
  if (node == nullptr) return refused(key, "is missing");
  const auto* array = node->as_array();
  if (array == nullptr || array->size() != 4) return refused(key, "must be [x, y, width, height]");
  std::array<double, 4> values{};
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto value = length_of(*array->get(i), {0, most_millimetres});
    if (!value) {
      return table_->refused_at(*array->get(i), fmt::format("{}[{}]", table_->path_of(key), i), value.error());
    }
    values[i] = *value;
  }
  if (values[2] <= 0 || values[3] <= 0) return refused(key, "has no area");
  return Box{values[0], values[1], values[2], values[3]};
}

Outcome<std::size_t> FormKeys::choice(std::string_view key, std::initializer_list<std::string_view> words,
                                      std::size_t otherwise) const {
  const auto* node = table_->keys.get(key);
  if (node == nullptr) return otherwise;
  const auto found = std::ranges::find(words, node->value_or(std::string{}));
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  std::string sentence = "must be ";
  for (const auto* word = words.begin(); word != words.end(); ++word) {
    if (word != words.begin()) sentence += word + 1 == words.end() ? " or " : ", ";
    sentence += *word;
  }
  return refused(key, sentence);
}

Outcome<std::vector<std::string>> FormKeys::words(std::string_view key) const {
  const auto* node = table_->keys.get(key);
  if (node == nullptr) return std::vector<std::string>{};
  const auto* array = node->as_array();
  if (array == nullptr || array->size() > most_elements) return refused(key, "must be an array of at most 500 texts");
  std::vector<std::string> words;
  for (const auto& element : *array) {
    if (!element.is_string()) return refused(key, "must be an array of at most 500 texts");
    words.push_back(element.value_or(std::string{}));
  }
  return words;
}

Outcome<FormKeys> FormKeys::table(std::string_view key) const {
  const auto* node = table_->keys.get(key);
  if (node == nullptr) return refused(key, "is missing");
  const auto* inner = node->as_table();
  if (inner == nullptr) return refused(key, "must be a table");
  return table_->inner(*inner, table_->path_of(key));
}

Outcome<std::vector<FormKeys>> FormKeys::tables(std::string_view key) const {
  std::vector<FormKeys> found;
  const auto* node = table_->keys.get(key);
  if (node == nullptr) return found;
  const auto* array = node->as_array();
  if (array == nullptr || array->size() > most_elements) {
    return refused(key, "must be an array of at most 500 tables");
  }
  for (std::size_t i = 0; i < array->size(); ++i) {
    auto path = fmt::format("{}[{}]", table_->path_of(key), i);
    const auto* element = array->get(i)->as_table();
    if (element == nullptr) return table_->refused_at(*array->get(i), path, "must be a table");
    found.push_back(table_->inner(*element, std::move(path)));
  }
  return found;
}

Outcome<std::vector<std::pair<std::string, FormKeys>>> FormKeys::named_tables(std::string_view key) const {
  std::vector<std::pair<std::string, FormKeys>> found;
  if (!has(key)) return found;
  MADO_TRY(outer, table(key));
  for (const auto& [name, node] : outer.table_->keys) {
    MADO_TRY(inner, outer.table(name.str()));
    found.emplace_back(std::string(name.str()), std::move(inner));
  }
  return found;
}

Outcome<std::vector<std::pair<std::string, std::string>>> FormKeys::named_texts(std::string_view key) const {
  std::vector<std::pair<std::string, std::string>> found;
  if (!has(key)) return found;
  MADO_TRY(outer, table(key));
  for (const auto& [name, node] : outer.table_->keys) {
    MADO_TRY(text, outer.text(name.str()));
    found.emplace_back(std::string(name.str()), std::move(text));
  }
  return found;
}

}  // namespace mado::paper
