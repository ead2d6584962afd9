#include "operation/settings.hpp"

#include <fmt/format.h>

#include "base/toml_guard.hpp"

#include <toml++/toml.h>
#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

namespace mado::operation {

namespace {
constexpr std::uintmax_t largest_file = 1024 * 1024;
}

struct Settings::Inside {
  struct Problem {
    std::uint32_t line;
    std::string sentence;
  };
  std::filesystem::path file;
  Telling telling = Telling::setting;
  toml::table table;
  std::set<std::string> asked;
  std::vector<Problem> problems;

  toml::node_view<const toml::node> at(std::string_view key) const { return std::as_const(table).at_path(key); }
  toml::node_view<const toml::node> ask(std::string_view key) {
    asked.insert(std::string(key));
    return at(key);
  }
  // Of the key, or, if it is missing, of what it would stand in.
  std::uint32_t line_of(std::string_view key) const {
    while (!key.empty()) {
      if (const auto node = at(key); node && node.node()->source().begin.line > 0)
        return node.node()->source().begin.line;
      key = key.substr(0, std::min(key.find_last_of(".["), key.size()));
      if (key.find_first_of(".[") == std::string_view::npos && !at(key)) break;
    }
    return 1;
  }
  void complain(std::string_view key, std::string_view sentence) { complain_at(line_of(key), key, sentence); }
  void complain_at(std::uint32_t line, std::string_view key, std::string_view sentence) {
    if (telling == Telling::setting) {
      problems.push_back({line, fmt::format("{}: setting \"{}\" {}", file.string(), key, sentence)});
      return;
    }
    const auto after = std::ranges::upper_bound(problems, line, {}, &Problem::line);
    problems.insert(after, {line, fmt::format("{}:{}: {}: {}", file.string(), line, key, sentence)});
  }
};

Settings::Settings(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Settings::Settings(Settings&&) noexcept = default;
Settings& Settings::operator=(Settings&&) noexcept = default;
Settings::~Settings() = default;

Outcome<Settings> Settings::load(const std::filesystem::path& file) {
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  if (error)
    return refuse(Reason::configuration_invalid, fmt::format("{}: cannot be read: {}", file.string(), error.message()));
  if (size > largest_file)
    return refuse(Reason::configuration_invalid, fmt::format("{}: larger than 1 MiB", file.string()));
  std::ifstream stream(file, std::ios::binary);
  std::stringstream content;
  content << stream.rdbuf();
  if (!stream) return refuse(Reason::configuration_invalid, fmt::format("{}: cannot be read", file.string()));
  return parse(content.view(), file);
}

Outcome<Settings> Settings::parse(std::string_view toml, const std::filesystem::path& file, Telling telling) {
  if (toml.size() > largest_file)
    return refuse(Reason::configuration_invalid, fmt::format("{}: larger than 1 MiB", file.string()));
  auto inside = std::make_unique<Inside>();
  inside->telling = telling;
  inside->file = telling == Telling::line ? file : std::filesystem::absolute(file);
  const auto no_toml = [&](std::size_t line, std::optional<std::size_t> column, std::string_view sentence) {
    if (telling == Telling::line)
      return refuse(Reason::configuration_invalid, fmt::format("{}:{}: {}", file.string(), line, sentence));
    const auto where = column ? fmt::format("line {}, column {}", line, *column) : fmt::format("line {}", line);
    return refuse(Reason::configuration_invalid, fmt::format("{}: {}: {}", file.string(), where, sentence));
  };
  const auto ascii = toml_in_ascii(toml);
  if (!ascii) return no_toml(ascii.error(), std::nullopt, "is no TOML");
  try {
    auto parsed = toml::parse(*ascii, file.string());
    if (!parsed) {
      const auto where = parsed.error().source().begin;
      return no_toml(where.line, where.column, parsed.error().description());
    }
    inside->table = std::move(parsed).table();
  } catch (const NotToml& broken) {
    return no_toml(1, std::nullopt, broken.what());
  }
  return Settings{std::move(inside)};
}

std::string Settings::text(std::string_view key) {
  const auto value = inside_->ask(key).value_exact<std::string>();
  if (!value) {
    inside_->complain(key, has(key) ? "must be a text" : "is missing");
    return {};
  }
  if (value->empty()) inside_->complain(key, "must not be empty");
  return *value;
}

std::int64_t Settings::integer(std::string_view key, std::int64_t least, std::int64_t most) {
  const auto value = inside_->ask(key).value_exact<std::int64_t>();
  if (!value) {
    inside_->complain(key, has(key) ? "must be a whole number" : "is missing");
    return least;
  }
  if (*value < least || *value > most) {
    inside_->complain(key, fmt::format("must be from {} to {}, not {}", least, most, *value));
    return least;
  }
  return *value;
}

std::filesystem::path Settings::path(std::string_view key) {
  const std::filesystem::path given{text(key)};
  return given.is_absolute() ? given : inside_->file.parent_path() / given;
}

std::filesystem::path Settings::existing_file(std::string_view key) {
  auto found = path(key);
  std::error_code error;
  if (has(key) && !std::filesystem::is_regular_file(found, error)) {
    inside_->complain(key, fmt::format("names a file that does not exist: {}", found.string()));
  }
  return found;
}

std::vector<std::string> Settings::texts(std::string_view key) {
  const auto node = inside_->ask(key);
  std::vector<std::string> values;
  if (!node) {
    inside_->complain(key, "is missing");
    return values;
  }
  const auto* list = node.as_array();
  if (list == nullptr) {
    inside_->complain(key, "must be a list of texts");
    return values;
  }
  for (const auto& item : *list) {
    const auto value = item.value_exact<std::string>();
    if (!value) {
      inside_->complain(key, "must be a list of texts");
      return values;
    }
    values.push_back(*value);
  }
  return values;
}

std::vector<std::filesystem::path> Settings::existing_files(std::string_view key) {
  std::vector<std::filesystem::path> files;
  for (const auto& given : texts(key)) {
    std::filesystem::path file{given};
    if (!file.is_absolute()) file = inside_->file.parent_path() / file;
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error)) {
      inside_->complain(key, fmt::format("names a file that does not exist: {}", file.string()));
    }
    files.push_back(std::move(file));
  }
  return files;
}

std::string Settings::text(std::string_view key, std::string_view otherwise) {
  if (has(key)) return text(key);
  inside_->asked.insert(std::string(key));
  return std::string(otherwise);
}

std::int64_t Settings::integer(std::string_view key, std::int64_t least, std::int64_t most, std::int64_t otherwise) {
  if (has(key)) return integer(key, least, most);
  inside_->asked.insert(std::string(key));
  return otherwise;
}

std::chrono::milliseconds Settings::milliseconds(std::string_view key, std::int64_t least, std::int64_t most,
                                                 std::int64_t otherwise) {
  return std::chrono::milliseconds{integer(key, least, most, otherwise)};
}

bool Settings::flag(std::string_view key, bool otherwise) {
  const auto node = inside_->ask(key);
  if (!node) return otherwise;
  const auto value = node.value_exact<bool>();
  if (!value) inside_->complain(key, "must be true or false");
  return value.value_or(otherwise);
}

std::vector<std::string> Settings::texts(std::string_view key, std::vector<std::string> otherwise) {
  if (has(key)) return texts(key);
  inside_->asked.insert(std::string(key));
  return otherwise;
}

std::filesystem::path Settings::path(std::string_view key, const std::filesystem::path& otherwise) {
  if (has(key)) return path(key);
  inside_->asked.insert(std::string(key));
  return otherwise;
}

bool Settings::has(std::string_view key) const { return static_cast<bool>(inside_->at(key)); }

std::vector<std::string> Settings::keys(std::string_view key) const {
  std::vector<std::string> names;
  const auto* table = key.empty() ? &std::as_const(inside_->table) : inside_->at(key).as_table();
  if (table != nullptr) {
    for (const auto& [name, unused] : *table) names.emplace_back(name.str());
  }
  return names;
}

std::size_t Settings::count(std::string_view key) const {
  const auto* list = inside_->at(key).as_array();
  return list == nullptr ? 0 : list->size();
}

void Settings::complain(std::string_view key, std::string sentence) { inside_->complain(key, sentence); }

namespace {
// A value that is no table, by its dotted name, written as the callers ask for it.
struct Leaf {
  std::string name;
  std::uint32_t line;
};
void collect_leaves(const toml::node& node, const std::string& name, std::vector<Leaf>& leaves) {
  if (const auto* table = node.as_table()) {
    for (const auto& [key, child] : *table) {
      // Quoted, so that a key that only looks like a path ("a.b" = 1) is not taken for the path.
      const bool looks_like_path = key.str().find_first_of(".[]") != std::string_view::npos;
      const auto part = looks_like_path ? fmt::format("\"{}\"", key.str()) : std::string(key.str());
      collect_leaves(child, name.empty() ? part : name + "." + part, leaves);
    }
    return;
  }
  if (const auto* list = node.as_array(); list != nullptr && list->is_array_of_tables()) {
    for (std::size_t i = 0; i < list->size(); ++i)
      collect_leaves(*list->get(i), fmt::format("{}[{}]", name, i), leaves);
    return;
  }
  leaves.push_back({name, std::max(node.source().begin.line, std::uint32_t{1})});
}
}  // namespace

Outcome<void> Settings::finish() {
  std::vector<Leaf> leaves;
  collect_leaves(inside_->table, "", leaves);
  for (const auto& leaf : leaves) {
    if (!inside_->asked.contains(leaf.name)) inside_->complain_at(leaf.line, leaf.name, "is not known");
  }
  if (inside_->problems.empty()) return {};
  std::string sentences;
  for (const auto& problem : inside_->problems) sentences += (sentences.empty() ? "" : "\n") + problem.sentence;
  return refuse(Reason::configuration_invalid, std::move(sentences));
}

}  // namespace mado::operation
