// cards.csv, and CSV itself: what a field holds is what is written of it.
#include "fuzz/examine.hpp"
#include "registry/core/rows.hpp"

namespace mado::fuzz {

namespace {
using registry::CsvReader;

std::string line_of(const std::vector<std::string>& fields) {
  std::string line;
  for (std::size_t i = 0; i < fields.size(); ++i) line.append(i == 0 ? "" : ",").append(registry::csv_field(fields[i]));
  return line + "\n";
}

void claim_is_written_as_read(const std::vector<std::string>& fields) {
  const auto line = line_of(fields);
  CsvReader reader(line, "again.csv");
  const auto again = reader.next();
  claim(again && *again && (*again)->fields == fields, "a row is read as it was written");
}

void examine_csv(std::string_view text) {
  CsvReader reader(text, "cards.csv");
  for (;;) {
    const auto row = reader.next();
    if (!row) return claim_is_explained(row.error());
    if (!*row) return;
    claim((*row)->fields.size() <= registry::most_csv_fields, "a row is bounded");
    claim_is_written_as_read((*row)->fields);
  }
}

void claim_is_bounded(const registry::CardRow& card) {
  claim(card.issuer_key.size() == 20 && card.public_key_digest.size() == 32, "a card is named by digests");
  claim(!card.serial.empty() && card.serial.size() <= 20 && card.serial.front() != 0, "a serial is a magnitude");
}
}  // namespace

void examine(ByteView input) {
  const auto text = text_of(input);
  examine_csv(text);
  auto reader = registry::RecordReader::begin(text, "cards.csv", registry::RecordFile::cards);
  if (!reader) return claim_is_explained(reader.error());
  for (;;) {
    const auto line = registry::next_card(*reader);
    if (!line) return claim_is_explained(line.error());
    if (!*line) return;
    claim_is_bounded((*line)->card);
  }
}

}  // namespace mado::fuzz
