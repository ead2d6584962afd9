#include "registry/core/rows.hpp"

#include <algorithm>

namespace mado::registry {

std::string_view why_no_card(const CardRow& card) {
  constexpr std::size_t key_id_size = 20;
  constexpr std::size_t longest_serial = 20;
  constexpr std::size_t digest_size = 32;
  if (card.issuer_key.size() != key_id_size) return "the issuer's key must have 20 bytes";
  if (card.serial.empty() || card.serial.size() > longest_serial || card.serial.front() == 0)
    return "the serial must have 1 to 20 bytes and no leading zero";
  if (card.public_key_digest.size() != digest_size) return "the public key's digest must have 32 bytes";
  if (card.person.empty()) return "the person is missing";
  return card.family_register_only ? why_no_plain_number(card.person) : why_no_register_number(card.person);
}

Outcome<RecordReader> RecordReader::begin(std::string_view text, std::string name, RecordFile file) {
  RecordReader reader(CsvReader(text, std::move(name)), file);
  const auto& header = columns_of(file).header();
  MADO_TRY(first, reader.csv_.next());
  if (!first) return reader.csv_.fault({1, {}}, 0, header.front(), "the file is empty");
  for (std::size_t i = 0; i < std::max(header.size(), first->fields.size()); ++i) {
    if (i >= header.size()) return reader.csv_.fault(*first, i, "", "no such column");
    if (i >= first->fields.size() || first->fields[i] != header[i])
      return reader.csv_.fault(*first, i, header[i], "this column is missing here");
  }
  MADO_CHECK(reader.advance());
  return reader;
}

Outcome<void> RecordReader::advance() {
  MADO_TRY(row, csv_.next());
  ahead_ = std::move(row);
  return {};
}

Outcome<Keys> RecordReader::read(const CsvRow& row, google::protobuf::Message& record) const {
  const auto& columns = columns_of(file_);
  auto keys = columns.read(row.fields, record);
  if (keys) return *std::move(keys);
  return csv_.fault(row, keys.error().column, columns.header()[keys.error().column], keys.error().why);
}

std::unexpected<Refusal> RecordReader::fault(std::uint64_t line, std::string_view column, std::string_view why) const {
  const auto& header = columns_of(file_).header();
  const auto found = std::ranges::find(header, column);
  const auto at = found == header.end() ? 0 : static_cast<std::size_t>(found - header.begin());
  return csv_.fault({line, {}}, at, header[at], why);
}

std::unexpected<Refusal> RecordReader::fault_ahead(std::string_view column, std::string_view why) const {
  return fault(ahead_ ? ahead_->line : 0, column, why);
}

Outcome<std::optional<ResidentRow>> next_resident(RecordReader& reader) {
  RowOf<v1::Resident> row;
  MADO_TRY(there_is_one, reader.next(row));
  if (!there_is_one) return std::nullopt;
  if (const auto fault = check_resident(row.record, row.keys[1]); !fault.why.empty())
    return reader.fault(row.line, fault.column, fault.why);
  return ResidentRow{row.line, std::move(row.keys[0]), std::move(row.keys[1]), std::move(row.record)};
}

std::string write_resident(const ResidentRow& row) {
  return columns_of(RecordFile::residents).write({row.household, row.address}, row.resident);
}

Outcome<std::optional<CardLine>> next_card(RecordReader& reader) {
  RowOf<v1::HouseholdQuery> row;
  MADO_TRY(there_is_one, reader.next(row));
  if (!there_is_one) return std::nullopt;
  CardRow card{from_hex(row.keys[0]).value_or(Bytes{}), from_hex(row.keys[1]).value_or(Bytes{}),
               from_hex(row.keys[2]).value_or(Bytes{}), row.keys[3], !row.keys[4].empty()};
  if (const auto why = why_no_card(card); !why.empty()) return reader.fault(row.line, "発行者鍵", why);
  return CardLine{row.line, std::move(card)};
}

std::string write_card(const CardRow& card) {
  return columns_of(RecordFile::cards)
      .write({to_hex(card.issuer_key), to_hex(card.serial), to_hex(card.public_key_digest), card.person,
              card.family_register_only ? "1" : ""},
             v1::HouseholdQuery{});
}

}  // namespace mado::registry
