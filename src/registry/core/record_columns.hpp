// The columns of a file of records, declared once: how each is named, into which field of the contract's message it
// goes, and what it may hold. The same declaration reads and writes files, reads what a city's own database answers,
// and checks what a feed brings.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/refusal.hpp"
#include "registry/core/csv.hpp"
#include "registry/core/words.hpp"

namespace mado::registry {

// Why a text is refused; empty if it is not.
using Check = std::string_view (*)(std::string_view text);

struct Column {
  enum class Sort { key, text, date, word, words, number, amount, flag };
  Sort sort;
  std::string name;
  std::string field;        // of the message, "foreign.alias"; of a key: empty, since it stands beside the message
  std::size_t longest = 0;  // bytes
  bool required = false;
  Check check = nullptr;  // of what is not empty
  Words words = {};
  std::int64_t least = 0;
  std::int64_t most = 0;
};

// Declaring columns. What is `required` must not be empty.
Column key(std::string name, std::size_t longest, Check check = nullptr);
Column text(std::string name, std::string field, std::size_t longest, Check check = nullptr);
Column date(std::string name, std::string field);  // two columns in a file: NAME, NAME_表記
Column word(std::string name, std::string field, Words words);
Column words(std::string name, std::string field,
             Words words);  // several, with spaces between; in the order of their values
Column number(std::string name, std::string field, std::int64_t least, std::int64_t most);  // empty: 0
Column amount(std::string name, std::string field);  // whole yen, may be negative
Column flag(std::string name, std::string field);    // 1, or empty
Column required(Column column);

// Checks of texts. Each also takes an empty text.
std::string_view why_no_individual_number(std::string_view text);
std::string_view why_no_resident_code(std::string_view text);
std::string_view why_no_register_number(std::string_view text);  // 宛名番号, 世帯番号
std::string_view why_no_relation(std::string_view text);
std::string_view why_no_plain_number(std::string_view text);  // 印鑑登録番号, 戸籍番号, …: 1–20 of A–Z, a–z, 0–9, -

// One row: its keys in their order, and what goes into the message is beside it.
using Keys = std::vector<std::string>;

class RecordColumns {
 public:
  // `message` gives the type. Ends the program if a field does not exist: declarations are fixed.
  RecordColumns(const google::protobuf::Message& message, std::vector<Column> columns);

  // The names in the file's first line.
  const std::vector<std::string>& header() const { return header_; }

  // What is wrong, and in which of the header's columns.
  struct Fault {
    std::size_t column;
    std::string why;
  };
  // Takes a row of as many fields as the header has. A sub-message whose columns are all empty stays absent.
  std::expected<Keys, Fault> read(const std::vector<std::string>& fields, google::protobuf::Message& message) const;
  // The line that `read` reads back, without its line end.
  std::string write(const Keys& keys, const google::protobuf::Message& message) const;
  // Whether a message that came another way holds what a row may hold. The first fault.
  std::optional<Fault> check(const google::protobuf::Message& message) const;

 private:
  std::vector<std::string> fields_of(const Column& column, const google::protobuf::Message& message) const;
  std::vector<Column> columns_;
  std::vector<std::string> header_;
};

}  // namespace mado::registry
