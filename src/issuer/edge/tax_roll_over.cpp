#include "issuer/edge/tax_roll_over.hpp"

#include <fmt/format.h>

#include <system_error>

#include "trust/file.hpp"

namespace mado::issuer {

namespace {
// Rows that are deleted in one transaction: so much is in the log at most, and so long others wait.
constexpr std::int64_t batch = 2000;

Outcome<void> check_linked(const TaxYears& years, std::uint32_t year) {
  const auto* held = years.find(year);
  if (held != nullptr && held->whole && held->records > 0) return {};
  return refuse(
      Reason::input_invalid,
      fmt::format("tax year {} is not linked whole: wait for the link, or say --not-linked to erase the older "
                  "years now and issue nothing until it is",
                  year));
}
}  // namespace

Outcome<void> TaxRollOver::begin(std::uint32_t year, TaxYearNeed need) {
  const std::lock_guard lock(store_.database().mutex());
  auto& database = store_.database();
  return database.transaction("tax_roll_over_begun"_point, [&](store::Database::Writer& writer) -> Outcome<void> {
    MADO_TRY(years, store_.years_in_transaction());
    if (year < years.issued) {
      return refuse(Reason::input_invalid,
                    fmt::format("tax year {} is issued from; {} is older and erased", years.issued, year));
    }
    if (need == TaxYearNeed::linked) MADO_CHECK(check_linked(years, year));
    const std::vector<store::Value> values{std::int64_t{year}};
    MADO_CHECK(writer.run(
        "INSERT INTO issued (only, year) VALUES (1, ?) ON CONFLICT (only) DO UPDATE SET year = excluded.year", values));
    return writer.run(
        "INSERT INTO roll_over (only, year) VALUES (1, ?) ON CONFLICT (only) DO UPDATE SET year = excluded.year",
        values);
  });
}

Outcome<void> TaxRollOver::erase_rows_before(std::uint32_t year) {
  auto& database = store_.database();
  for (std::int64_t erased = batch; erased == batch;) {
    MADO_CHECK(database.write("tax_rows_erased"_point,
                              "DELETE FROM record WHERE (year, name) IN (SELECT year, name FROM record WHERE year < ? "
                              "LIMIT ?)",
                              {std::int64_t{year}, batch}));
    erased = database.changes();
  }
  return database.write("tax_years_erased"_point, "DELETE FROM year WHERE year < ?", {std::int64_t{year}});
}

// VACUUM writes every page anew: nothing of a deleted row is left in the slack of a page. The checkpoint then
// overwrites the database's old pages and empties the log, if nobody still reads from it.
Outcome<void> TaxRollOver::rebuild() {
  auto& database = store_.database();
  MADO_CHECK(database.write("tax_store_rebuilt"_point, "VACUUM"));
  MADO_CHECK(database.write("tax_log_emptied"_point, "PRAGMA wal_checkpoint(TRUNCATE)"));
  const auto& file = store_.keys().store();
  const std::filesystem::path log = file.string() + "-wal";
  std::error_code error;
  const auto left = std::filesystem::file_size(log, error);
  if (!error && left != 0)
    return refuse(Reason::storage_failed, log.string() + " is still read from: the roll-over is to be finished again");
  if (!error) MADO_CHECK(trust::sync_file(log));
  return trust::sync_file(file);
}

Outcome<void> TaxRollOver::finish() {
  const std::lock_guard lock(store_.database().mutex());
  auto& database = store_.database();
  std::uint32_t year = 0;
  MADO_CHECK(database.query("SELECT year FROM roll_over", {},
                            [&](const store::Row& row) { year = static_cast<std::uint32_t>(row.integer(0)); }));
  if (year == 0) return {};
  MADO_CHECK(store_.keys().erase_before(year));
  MADO_CHECK(erase_rows_before(year));
  MADO_CHECK(rebuild());
  return database.write("tax_roll_over_ended"_point, "DELETE FROM roll_over WHERE year = ?", {std::int64_t{year}});
}

}  // namespace mado::issuer
