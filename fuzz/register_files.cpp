// The files of every register: the first byte says which, the rest is what stands under its first line.
#include "fuzz/record_rows.hpp"

namespace mado::fuzz {

namespace {
using registry::RecordFile;
using registry::RecordReader;

// What is written of a row is read as the same row, and a record that was read may stand in a register.
template <typename Message>
void claim_is_written_as_read(RecordFile file, const registry::RowOf<Message>& row) {
  const auto& columns = registry::columns_of(file);
  claim(!columns.check(row.record), "what a file may hold, a feed may hold");
  const auto line = columns.write(row.keys, row.record);
  const auto text = header_of(file) + line;
  auto reader = RecordReader::begin(text, "again.csv", file);
  claim(reader.has_value(), "a written row is a row");
  registry::RowOf<Message> again;
  const auto read = reader->next(again);
  claim(read && *read && columns.write(again.keys, again.record) == line, "a row is read as it was written");
}

template <typename Message>
void examine_rows(RecordFile file, std::string_view rows) {
  const auto text = header_of(file).append(rows);
  auto reader = RecordReader::begin(text, "rows.csv", file);
  if (!reader) return claim_says_nothing_of(reader.error(), rows);
  for (;;) {
    registry::RowOf<Message> row;
    const auto read = reader->next(row);
    if (!read) return claim_says_nothing_of(read.error(), rows);
    if (!*read) break;
    claim_is_written_as_read(file, row);
  }
  claim(reader->progress() == 1.0, "a file is read to its end");
}
}  // namespace

void examine(ByteView input) {
  Pieces pieces(input);
  const auto file = static_cast<RecordFile>(pieces.byte() % (static_cast<int>(RecordFile::suppressions) + 1));
  const auto bytes = pieces.rest();
  const auto rows = text_of(bytes);
  switch (file) {
    case RecordFile::residents:
      return examine_rows<v1::Resident>(file, rows);
    case RecordFile::aliases:
      return examine_rows<v1::AliasRecord>(file, rows);
    case RecordFile::changes:
      return examine_rows<v1::Change>(file, rows);
    case RecordFile::seals:
      return examine_rows<v1::SealRegistration>(file, rows);
    case RecordFile::family_registers:
      return examine_rows<v1::FamilyRegister>(file, rows);
    case RecordFile::family_register_persons:
      return examine_rows<v1::RegisteredPerson>(file, rows);
    case RecordFile::family_register_entries:
      return examine_rows<v1::RegisterItem>(file, rows);
    case RecordFile::supplements:
      return examine_rows<v1::RegisterSupplement>(file, rows);
    case RecordFile::supplement_persons:
      return examine_rows<v1::SupplementPerson>(file, rows);
    case RecordFile::supplement_addresses:
      return examine_rows<v1::SupplementAddress>(file, rows);
    case RecordFile::tax_records:
      return examine_rows<v1::TaxRecord>(file, rows);
    case RecordFile::tax_amounts:
      return examine_rows<v1::TaxAmount>(file, rows);
    case RecordFile::tax_declarations:
      return examine_rows<v1::TaxDeclaration>(file, rows);
    case RecordFile::addressees:
      return examine_rows<v1::Addressee>(file, rows);
    case RecordFile::cards:
    case RecordFile::suppressions:
      return examine_rows<v1::HouseholdQuery>(file, rows);
  }
}

}  // namespace mado::fuzz
