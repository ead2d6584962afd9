#include "registry/core/csv.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.hpp"

namespace mado::registry {

namespace {
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

// A field ends before a comma, a line end, or the end of the text.
bool ends_field(std::string_view rest) {
  return rest.empty() || rest.front() == ',' || rest.front() == '\n' || rest.starts_with("\r\n");
}

// Nothing that would hide in a paper or a log: no control characters but the line breaks of quoted fields.
bool has_control_character(std::string_view text) {
  while (!text.empty()) {
    const auto character = take_character(text);
    if (character && is_control_character(*character) && *character != '\n' && *character != '\r') return true;
  }
  return false;
}
}  // namespace

CsvReader::CsvReader(std::string_view text, std::string name)
    : rest_(text), size_(text.size()), name_(std::move(name)) {
  if (rest_.starts_with(byte_order_mark)) rest_.remove_prefix(byte_order_mark.size());
}

std::unexpected<Refusal> CsvReader::fault_at(std::uint64_t line, std::size_t number, std::string_view why) const {
  return refuse(Reason::input_invalid, fmt::format("{}: line {}, column {}: {}", name_, line, number + 1, why));
}

std::unexpected<Refusal> CsvReader::fault(const CsvRow& row, std::size_t number, std::string_view column,
                                          std::string_view why) const {
  return refuse(Reason::input_invalid,
                fmt::format("{}: line {}, column {} ({}): {}", name_, row.line, number + 1, column, why));
}

double CsvReader::progress() const {
  return size_ == 0 ? 1.0 : 1.0 - static_cast<double>(rest_.size()) / static_cast<double>(size_);
}

Outcome<std::string> CsvReader::quoted(std::uint64_t row_line, std::size_t number) {
  std::string value;
  rest_.remove_prefix(1);
  while (true) {
    const auto quote = rest_.find('"');
    if (quote == std::string_view::npos) return fault_at(row_line, number, "a quoted field is not closed");
    value.append(rest_.substr(0, quote));
    rest_.remove_prefix(quote + 1);
    if (value.size() > longest_csv_field) return fault_at(row_line, number, "the field is too long");
    if (!rest_.starts_with('"')) break;
    value.push_back('"');
    rest_.remove_prefix(1);
  }
  line_ += static_cast<std::uint64_t>(std::ranges::count(value, '\n'));
  if (!ends_field(rest_)) return fault_at(row_line, number, "something follows a closing quote");
  return value;
}

Outcome<std::string> CsvReader::field(std::uint64_t row_line, std::size_t number) {
  if (rest_.starts_with('"')) return quoted(row_line, number);
  const auto end = std::min(rest_.find_first_of(",\r\n"), rest_.size());
  std::string value(rest_.substr(0, end));
  rest_.remove_prefix(end);
  if (value.find('"') != std::string::npos)
    return fault_at(row_line, number, "a quote inside a field that is not quoted");
  if (!ends_field(rest_)) return fault_at(row_line, number, "a carriage return without a line feed");
  return value;
}

Outcome<std::optional<CsvRow>> CsvReader::next() {
  if (rest_.empty()) return std::nullopt;
  CsvRow row{line_, {}};
  while (true) {
    const auto number = row.fields.size();
    if (number == most_csv_fields) return fault_at(row.line, number, "too many columns");
    MADO_TRY(value, field(row.line, number));
    if (value.size() > longest_csv_field) return fault_at(row.line, number, "the field is too long");
    if (!is_utf8(value)) return fault_at(row.line, number, "the field is not UTF-8");
    if (has_control_character(value)) return fault_at(row.line, number, "the field holds a control character");
    row.fields.push_back(std::move(value));
    if (!rest_.starts_with(',')) break;
    rest_.remove_prefix(1);
  }
  if (rest_.starts_with('\r')) rest_.remove_prefix(1);
  if (rest_.starts_with('\n')) rest_.remove_prefix(1);
  ++line_;
  if (!width_) width_ = row.fields.size();
  if (row.fields.size() != *width_) {
    return fault_at(row.line, row.fields.size() - 1,
                    fmt::format("{} columns where the first line has {}", row.fields.size(), *width_));
  }
  return row;
}

std::string csv_field(std::string_view value) {
  // Quoted, too, if a reader could take its beginning for the file's.
  const bool plain = value.find_first_of(",\"\r\n") == std::string_view::npos && !value.starts_with(byte_order_mark);
  if (plain) return std::string(value);
  std::string quoted = "\"";
  for (const char c : value) {
    if (c == '"') quoted.push_back('"');
    quoted.push_back(c);
  }
  return quoted + "\"";
}

}  // namespace mado::registry
