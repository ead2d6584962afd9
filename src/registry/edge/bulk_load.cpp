#include "registry/edge/bulk_load.hpp"

#include <fmt/format.h>

#include <set>

#include "registry/core/household_check.hpp"
#include "registry/edge/bulk_load_parts.hpp"
#include "registry/edge/record_assembly.hpp"

namespace mado::registry {

namespace {
Outcome<void> load_residents(Load& load) {
  MADO_TRY(residents, load.open(RecordFile::residents));
  MADO_TRY(aliases, load.open(RecordFile::aliases));
  MADO_TRY(changes, load.open(RecordFile::changes));
  HouseholdCheck households(load.files.has(RecordFile::residents)
                                ? load.files.path(RecordFile::residents).filename().string()
                                : std::string{});
  std::set<std::string> numbers;
  while (true) {
    MADO_TRY(row, next_whole_resident(residents, aliases, changes));
    if (!row) break;
    if (!numbers.insert(row->resident.number()).second)
      return residents.fault(row->line, "宛名番号", "this 宛名番号 stands on an earlier line");
    MADO_CHECK(households.add(*row));
    MADO_CHECK(load.change.put_resident(*row));
  }
  MADO_CHECK(aliases.finish("residents.csv"));
  MADO_CHECK(changes.finish("residents.csv"));
  load.count.households = households.households();
  load.close({residents, aliases, changes});
  return households.finish();
}

Outcome<void> load_seals(Load& load) {
  MADO_TRY(seals, load.open(RecordFile::seals));
  RowOf<v1::SealRegistration> row;
  while (true) {
    MADO_TRY(there_is_one, seals.next(row));
    if (!there_is_one) break;
    if (!row.keys[1].empty()) {
      const auto image = MappedFile::open(load.files.path(RecordFile::seals).parent_path() / row.keys[1]);
      if (!image) return seals.fault(row.line, "印影_ファイル", "cannot be read");
      row.record.set_image(std::string(image->text()));
    }
    MADO_CHECK(load.applied(seals, row.line, "印影_ファイル", load.change.put_seal(row.keys[0], row.record)));
  }
  load.close({seals});
  return {};
}

Outcome<void> load_cards(Load& load) {
  MADO_TRY(cards, load.open(RecordFile::cards));
  while (cards.reader() != nullptr) {
    MADO_TRY(line, next_card(*cards.reader()));
    if (!line) break;
    cards.count();
    MADO_CHECK(load.applied(cards, line->line, "対象者番号", load.change.put_card(line->card)));
  }
  MADO_TRY(ambiguous, load.change.ambiguous_cards());
  load.count.ambiguous_cards = ambiguous;
  load.close({cards});
  return {};
}

Outcome<void> load_suppressions(Load& load) {
  MADO_TRY(suppressions, load.open(RecordFile::suppressions));
  RowOf<v1::HouseholdQuery> row;
  while (true) {
    MADO_TRY(there_is_one, suppressions.next(row));
    if (!there_is_one) break;
    const auto record = static_cast<v1::RecordKind>(value_of(record_words(), row.keys[1]).value_or(0));
    const auto cause = suppression_of(row.keys[2]).value_or(v1::SUPPRESSION_UNSPECIFIED);
    MADO_CHECK(load.applied(suppressions, row.line, "対象者番号", load.change.suppress(row.keys[0], record, cause)));
  }
  load.close({suppressions});
  return {};
}
}  // namespace

Outcome<void> Load::applied(const BulkFile& file, std::uint64_t line, std::string_view column, Outcome<void> done) {
  if (done || done.error().reason != Reason::input_invalid) return done;
  return file.fault(line, column, done.error().cause);
}

Outcome<LoadCount> load_files(Registers& registers, const BulkFiles& files, Instant now, const Progress& progress) {
  LoadCount count;
  const auto done = registers.change("register_loaded"_point, now, [&](Registers::Change& change) -> Outcome<void> {
    Load load{files, change, count, progress};
    for (const auto part : {load_residents, load_seals, load_family_registers, load_supplements, load_taxation,
                            load_cards, load_suppressions})
      MADO_CHECK(part(load));
    return {};
  });
  if (!done) return std::unexpected(done.error());
  return count;
}

}  // namespace mado::registry
