// The rows of the two files that a register is loaded from, checked one by one.
//
// residents.csv: household, address, number, order, state, sex, the text columns, the date columns with their written
// forms, suppressions (words separated by spaces). cards.csv: issuer_key, serial, public_key_digest (hexadecimal),
// number.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/refusal.hpp"
#include "registry/core/columns.hpp"
#include "registry/core/csv.hpp"

namespace mado::registry {

struct ResidentRow {
  std::uint64_t line = 0;
  std::string household;  // 世帯番号
  std::string address;
  v1::Resident resident;
};

// A card of a resident, named as in HouseholdQuery.
struct CardRow {
  Bytes issuer_key;         // [20]
  Bytes serial;             // 1–20 bytes, no leading zero
  Bytes public_key_digest;  // [32]
  std::string resident;     // 宛名番号
};

// The names of the columns, in their order: the first line of the files.
const std::vector<std::string>& resident_header();
const std::vector<std::string>& card_header();

// Refusal of all four: input_invalid with file, line, column and reason.
Outcome<void> check_header(CsvReader& reader, const std::vector<std::string>& header);
Outcome<ResidentRow> read_resident(const CsvReader& reader, const CsvRow& row);
Outcome<CardRow> read_card(const CsvReader& reader, const CsvRow& row);

// The line of residents.csv that read_resident reads back, without its line end.
std::string write_resident(const ResidentRow& row);

}  // namespace mado::registry
