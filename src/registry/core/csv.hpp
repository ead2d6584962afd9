// CSV as RFC 4180 has it, in UTF-8, strictly and within bounds: a quote stands around a whole field or nowhere, all
// rows have as many fields as the first, lines end in CRLF or LF. A byte order mark at the start is passed over.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/refusal.hpp"

namespace mado::registry {

inline constexpr std::size_t most_csv_fields = 64;
inline constexpr std::size_t longest_csv_field = 2048;  // bytes

struct CsvRow {
  std::uint64_t line = 0;  // where the row begins, from 1
  std::vector<std::string> fields;
};

class CsvReader {
 public:
  // `text` must outlive the reader; `name` is the file's name for messages.
  CsvReader(std::string_view text, std::string name);

  // The next row; nothing at the end. Refusal: input_invalid, with file, line, field and reason, never the field's
  // content.
  Outcome<std::optional<CsvRow>> next();

  // A refusal about `field` (from 0) of a row that `next` gave; `column` is that field's name.
  std::unexpected<Refusal> fault(const CsvRow& row, std::size_t field, std::string_view column,
                                 std::string_view why) const;

  // How much of the text has been read, from 0 to 1.
  double progress() const;

 private:
  Outcome<std::string> field(std::uint64_t row_line, std::size_t number);
  Outcome<std::string> quoted(std::uint64_t row_line, std::size_t number);
  std::unexpected<Refusal> fault_at(std::uint64_t line, std::size_t number, std::string_view why) const;

  std::string_view rest_;
  std::size_t size_;
  std::string name_;
  std::uint64_t line_ = 1;
  std::optional<std::size_t> width_;
};

// One field as it is written into a file: quoted where it must be.
std::string csv_field(std::string_view value);

}  // namespace mado::registry
