// residents.csv, as a city hands it over.
#include "fuzz/record_rows.hpp"
#include "registry/core/household_check.hpp"

namespace mado::fuzz {

namespace {
using registry::RecordFile;
using registry::RecordReader;

// What is written of a row is read as the same row.
void claim_is_written_as_read(const registry::ResidentRow& row) {
  const auto line = registry::write_resident(row);
  const auto text = header_of(RecordFile::residents) + line;
  auto reader = RecordReader::begin(text, "again.csv", RecordFile::residents);
  claim(reader.has_value(), "a written row is a row");
  const auto again = registry::next_resident(*reader);
  claim(again && *again && registry::write_resident(**again) == line, "a row is read as it was written");
}
}  // namespace

void examine(ByteView input) {
  const auto text = text_of(input);
  auto reader = RecordReader::begin(text, "residents.csv", RecordFile::residents);
  if (!reader) return claim_says_nothing_of(reader.error(), text);
  registry::HouseholdCheck households("residents.csv");
  for (;;) {
    const auto row = registry::next_resident(*reader);
    if (!row) return claim_says_nothing_of(row.error(), text);
    if (!*row) break;
    claim_is_written_as_read(**row);
    if (const auto added = households.add(**row); !added) return claim_says_nothing_of(added.error(), text);
  }
  claim(reader->progress() == 1.0, "a file is read to its end");
  if (const auto whole = households.finish(); !whole) claim_says_nothing_of(whole.error(), text);
}

}  // namespace mado::fuzz
