// Rows of the files that stand for something else than one message, and files read row by row.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/refusal.hpp"
#include "registry/core/csv.hpp"
#include "registry/core/record_files.hpp"

namespace mado::registry {

struct ResidentRow {
  std::uint64_t line = 0;
  std::string household;  // 世帯番号
  std::string address;    // 住所, with 方書 at its end
  v1::Resident resident;
};

// A card, named as in HouseholdQuery.
struct CardRow {
  Bytes issuer_key;                   // [20]
  Bytes serial;                       // 1–20 bytes, no leading zero
  Bytes public_key_digest;            // [32]
  std::string person;                 // 宛名番号, or the number in the 戸籍
  bool family_register_only = false;  // of somebody who has only the 本籍 here (本籍地利用登録)
};
// Why it is none; empty if it is one.
std::string_view why_no_card(const CardRow& card);

// A row as it stands in a file.
template <typename Message>
struct RowOf {
  std::uint64_t line = 0;
  Keys keys;
  Message record;
};

// A file of one kind, row by row; the next row can be looked at before it is taken. Its refusals are input_invalid,
// with file, line, column and reason, and never hold what a field holds.
class RecordReader {
 public:
  // `text` must outlive the reader; `name` is the file's for messages. Refusal: the first line is not the header of
  // `file`.
  static Outcome<RecordReader> begin(std::string_view text, std::string name, RecordFile file);

  // Reads the next row into `row`; false at the end.
  template <typename Message>
  Outcome<bool> next(RowOf<Message>& row) {
    if (!ahead_) return false;
    row = {ahead_->line, {}, {}};
    MADO_TRY(keys, read(*ahead_, row.record));
    row.keys = std::move(keys);
    MADO_CHECK(advance());
    return true;
  }
  // The first key of the row that comes next; nothing at the end.
  const std::string* next_key() const { return ahead_ ? &ahead_->fields.front() : nullptr; }

  // Whether the next row begins with these fields.
  bool begins_with(const Keys& keys) const {
    return ahead_ && std::equal(keys.begin(), keys.end(), ahead_->fields.begin());
  }

  // A refusal about a line of this file. `column` is one of the header's; any other stands for the first.
  std::unexpected<Refusal> fault(std::uint64_t line, std::string_view column, std::string_view why) const;
  // About the row that comes next.
  std::unexpected<Refusal> fault_ahead(std::string_view column, std::string_view why) const;
  double progress() const { return csv_.progress(); }
  RecordFile file() const { return file_; }

 private:
  RecordReader(CsvReader csv, RecordFile file) : csv_(std::move(csv)), file_(file) {}
  Outcome<Keys> read(const CsvRow& row, google::protobuf::Message& record) const;
  Outcome<void> advance();
  CsvReader csv_;
  RecordFile file_;
  std::optional<CsvRow> ahead_;
};

// The next resident, checked by itself; nothing at the end.
Outcome<std::optional<ResidentRow>> next_resident(RecordReader& reader);
// The line of residents.csv that reads back as `row`, without its line end.
std::string write_resident(const ResidentRow& row);
// The next card; nothing at the end.
struct CardLine {
  std::uint64_t line = 0;
  CardRow card;
};
Outcome<std::optional<CardLine>> next_card(RecordReader& reader);
std::string write_card(const CardRow& card);

}  // namespace mado::registry
