#include "registry/edge/import.hpp"

#include <fmt/format.h>

#include <set>

#include "registry/core/household_check.hpp"
#include "registry/edge/mapped_file.hpp"

namespace mado::registry {

namespace {
constexpr std::uint64_t rows_between_reports = 10'000;

Outcome<void> import_residents(ResidentStore::Change& change, const std::filesystem::path& path, ImportCount& count,
                               const Progress& progress) {
  MADO_TRY(file, MappedFile::open(path));
  const auto name = path.filename().string();
  CsvReader reader(file.text(), name);
  HouseholdCheck households(name);
  std::set<std::string> numbers;
  MADO_CHECK(check_header(reader, resident_header()));
  while (true) {
    MADO_TRY(row, reader.next());
    if (!row) break;
    MADO_TRY(resident, read_resident(reader, *row));
    if (!numbers.insert(resident.resident.number()).second)
      return reader.fault(*row, 2, "number", "this 宛名番号 stands on an earlier line");
    MADO_CHECK(households.add(resident));
    MADO_CHECK(change.put(resident));
    if (++count.residents % rows_between_reports == 0) progress(reader.progress(), count.residents);
  }
  count.households = households.households();
  return households.finish();
}

Outcome<void> import_cards(ResidentStore::Change& change, const std::filesystem::path& path, ImportCount& count,
                           const Progress& progress) {
  MADO_TRY(file, MappedFile::open(path));
  CsvReader reader(file.text(), path.filename().string());
  MADO_CHECK(check_header(reader, card_header()));
  while (true) {
    MADO_TRY(row, reader.next());
    if (!row) break;
    MADO_TRY(card, read_card(reader, *row));
    if (const auto put = change.put_card(card); !put) {
      if (put.error().reason != Reason::input_invalid) return put;
      return reader.fault(*row, 3, "number", put.error().cause);
    }
    if (++count.cards % rows_between_reports == 0) progress(reader.progress(), count.cards);
  }
  return {};
}
}  // namespace

Outcome<ImportCount> import_files(ResidentStore& store, const std::optional<std::filesystem::path>& residents,
                                  const std::optional<std::filesystem::path>& cards, Instant now,
                                  const Progress& progress) {
  ImportCount count;
  const auto done = store.change("register_loaded"_point, now, [&](ResidentStore::Change& change) -> Outcome<void> {
    if (residents) MADO_CHECK(import_residents(change, *residents, count, progress));
    if (cards) MADO_CHECK(import_cards(change, *cards, count, progress));
    MADO_TRY(ambiguous, change.ambiguous_cards());
    count.ambiguous_cards = ambiguous;
    return {};
  });
  if (!done) return std::unexpected(done.error());
  return count;
}

}  // namespace mado::registry
