// residents.csv, as a city hands it over.
#include "fuzz/examine.hpp"
#include "registry/core/household_check.hpp"
#include "registry/core/rows.hpp"

namespace mado::fuzz {

namespace {
using registry::CsvReader;

void claim_says_nothing_of(const Refusal& refusal, std::string_view file) {
  claim_is_explained(refusal);
  claim(refusal.reason == Reason::input_invalid, "one reason for every file that is not read");
  claim_keeps_back(refusal, file, 16);
}

// What is written of a row is read as the same row.
void claim_is_written_as_read(const registry::ResidentRow& row) {
  const auto line = registry::write_resident(row);
  CsvReader reader(line, "again.csv");
  const auto fields = reader.next();
  claim(fields && *fields, "a written row is a row");
  const auto again = registry::read_resident(reader, **fields);
  claim(again && registry::write_resident(*again) == line, "a row is read as it was written");
}
}  // namespace

void examine(ByteView input) {
  const auto text = text_of(input);
  CsvReader reader(text, "residents.csv");
  if (const auto header = registry::check_header(reader, registry::resident_header()); !header)
    return claim_says_nothing_of(header.error(), text);
  registry::HouseholdCheck households("residents.csv");
  for (;;) {
    const auto row = reader.next();
    if (!row) return claim_says_nothing_of(row.error(), text);
    if (!*row) break;
    const auto resident = registry::read_resident(reader, **row);
    if (!resident) return claim_says_nothing_of(resident.error(), text);
    claim_is_written_as_read(*resident);
    if (const auto added = households.add(*resident); !added) return claim_says_nothing_of(added.error(), text);
  }
  claim(reader.progress() == 1.0, "a file is read to its end");
  if (const auto whole = households.finish(); !whole) claim_says_nothing_of(whole.error(), text);
}

}  // namespace mado::fuzz
