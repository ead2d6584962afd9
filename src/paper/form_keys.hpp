// The keys of one table of a form's file, read within their bounds. Whatever is wrong is refused with file, line, key
// and reason (configuration_invalid).
#pragma once

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "paper/form.hpp"

namespace mado::paper {

class FormKeys {
 public:
  static constexpr std::size_t most_elements = 500;
  static constexpr std::size_t most_text_bytes = 600;

  // The whole file as a table. It lives as long as any FormKeys taken from it.
  static Outcome<FormKeys> parse(std::string_view toml, std::string_view file);

  Outcome<void> only(std::initializer_list<std::string_view> known) const;
  bool has(std::string_view key) const;
  int line() const;

  Outcome<std::string> text(std::string_view key) const;  // not empty
  Outcome<double> length(std::string_view key, double least, double most) const;
  Outcome<double> length(std::string_view key, double least, double most, double otherwise) const;
  Outcome<int> integer(std::string_view key, std::int64_t most, std::optional<int> otherwise) const;
  Outcome<bool> flag(std::string_view key) const;  // false if it is missing
  Outcome<Box> box(std::string_view key) const;
  // One of `words`, by its place in them; `otherwise` if the key is missing.
  Outcome<std::size_t> choice(std::string_view key, std::initializer_list<std::string_view> words,
                              std::size_t otherwise) const;
  Outcome<std::vector<std::string>> words(std::string_view key) const;  // empty if it is missing

  Outcome<FormKeys> table(std::string_view key) const;
  Outcome<std::vector<FormKeys>> tables(std::string_view key) const;  // an array of tables; empty if it is missing
  // The tables inside the table `key`, by their names, in the order of their names; empty if it is missing.
  Outcome<std::vector<std::pair<std::string, FormKeys>>> named_tables(std::string_view key) const;
  Outcome<std::vector<std::pair<std::string, std::string>>> named_texts(std::string_view key) const;

  std::unexpected<Refusal> refused(std::string_view key, std::string_view why) const;

 private:
  struct Table;
  explicit FormKeys(std::shared_ptr<const Table> table) : table_(std::move(table)) {}

  std::shared_ptr<const Table> table_;
};

}  // namespace mado::paper
