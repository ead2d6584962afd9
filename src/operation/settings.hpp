// A program's settings: one TOML file, read once, every value bounded, every unknown key refused.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/refusal.hpp"

namespace mado::operation {

// Reads settings by dotted key ("line.listen"). A missing or wrong value is remembered, and a harmless value returned,
// so that a program reads all of its settings in a row and then asks `finish()` once. Relative paths are taken from the
// directory of the settings file.
class Settings {
 public:
  // How a problem is told: `FILE: setting "KEY" is missing`, or with its line, for files that a city's staff write:
  // `FILE:12: KEY: is missing`.
  enum class Telling { setting, line };

  // Parses `file` (≤ 1 MiB). Refusal: configuration_invalid with file, line and column.
  static Outcome<Settings> load(const std::filesystem::path& file);
  // The same from a text; `file` names it in refusals and is where relative paths start from.
  static Outcome<Settings> parse(std::string_view toml, const std::filesystem::path& file,
                                 Telling telling = Telling::setting);

  Settings(Settings&&) noexcept;
  Settings& operator=(Settings&&) noexcept;
  ~Settings();

  // Required values.
  std::string text(std::string_view key);
  std::int64_t integer(std::string_view key, std::int64_t least, std::int64_t most);
  std::filesystem::path path(std::string_view key);
  std::filesystem::path existing_file(std::string_view key);
  std::vector<std::string> texts(std::string_view key);
  std::vector<std::filesystem::path> existing_files(std::string_view key);

  // Values with a default.
  std::string text(std::string_view key, std::string_view otherwise);
  std::int64_t integer(std::string_view key, std::int64_t least, std::int64_t most, std::int64_t otherwise);
  std::chrono::milliseconds milliseconds(std::string_view key, std::int64_t least, std::int64_t most,
                                         std::int64_t otherwise);
  bool flag(std::string_view key, bool otherwise);
  std::vector<std::string> texts(std::string_view key, std::vector<std::string> otherwise);
  std::filesystem::path path(std::string_view key, const std::filesystem::path& otherwise);

  bool has(std::string_view key) const;
  // The keys directly inside the table `key` ("": the whole file), in order; empty if there is no such table.
  std::vector<std::string> keys(std::string_view key) const;
  // How many tables the array of tables `key` has; read them as "key[0].name".
  std::size_t count(std::string_view key) const;

  // Remembers a problem that the caller found in a value.
  void complain(std::string_view key, std::string sentence);
  // Refuses with every problem found so far, or with the keys that nobody asked for. Each sentence names its setting.
  Outcome<void> finish();

 private:
  struct Inside;
  explicit Settings(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace mado::operation
