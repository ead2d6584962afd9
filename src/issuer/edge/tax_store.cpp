#include "issuer/edge/tax_store.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mado::issuer {

namespace {
// A row of `record` lies where its name puts it, not in the order in which the register gave it. `step`, `pass_…` and
// `after` are the pass that is under way; `after` is encrypted as a row is. `sweep` counts the passes over every
// record: a row that an ended one did not write is gone from the register. What SQLite needs room for beside the
// database is a file that has no name: in memory it would be as large as a year.
constexpr std::string_view schema =
    "PRAGMA temp_store = FILE; CREATE TABLE IF NOT EXISTS issued (only BIGINT PRIMARY KEY CHECK (only = 1), year "
    "BIGINT NOT NULL); "
    "CREATE TABLE IF NOT EXISTS year (year BIGINT PRIMARY KEY, generation BYTEA NOT NULL, whole BIGINT NOT NULL, "
    "records BIGINT NOT NULL, heard_at BIGINT NOT NULL, position BIGINT NOT NULL, sweep BIGINT NOT NULL, "
    "step BIGINT NOT NULL, pass_changed_after BIGINT NOT NULL, pass_position BIGINT NOT NULL, "
    "pass_begun_at BIGINT NOT NULL, pass_after BYTEA NOT NULL); "
    "CREATE TABLE IF NOT EXISTS record (year BIGINT NOT NULL, name BYTEA NOT NULL, sweep BIGINT NOT NULL, "
    "body BYTEA NOT NULL, PRIMARY KEY (year, name)) WITHOUT ROWID; "
    "CREATE TABLE IF NOT EXISTS roll_over (only BIGINT PRIMARY KEY CHECK (only = 1), year BIGINT NOT NULL)";

constexpr std::string_view name_of_cursor = "after";

std::int64_t number(std::uint64_t value) { return static_cast<std::int64_t>(value); }
}  // namespace

const HeldTaxYear* TaxYears::find(std::uint32_t year) const {
  const auto found = std::ranges::find(held, year, &HeldTaxYear::year);
  return found == held.end() ? nullptr : &*found;
}

Outcome<std::unique_ptr<TaxStore>> TaxStore::open(TaxKeyPlace place, trust::Cryptography& crypto) {
  MADO_TRY(database, store::Database::open("tax_store_opened"_point, place.store, schema));
  return std::unique_ptr<TaxStore>(new TaxStore(std::move(database), TaxKeys(std::move(place), crypto)));
}

Outcome<TaxYears> TaxStore::years_in_transaction() {
  TaxYears years;
  MADO_CHECK(database_->query("SELECT year FROM issued", {}, [&](const store::Row& row) {
    years.issued = static_cast<std::uint32_t>(row.integer(0));
  }));
  MADO_CHECK(
      database_->query("SELECT year FROM roll_over", {}, [&](const store::Row&) { years.roll_over_under_way = true; }));
  MADO_CHECK(
      database_->query("SELECT year, whole, records, heard_at FROM year ORDER BY year", {}, [&](const store::Row& row) {
        years.held.push_back({static_cast<std::uint32_t>(row.integer(0)),
                              row.integer(1) == 1,
                              static_cast<std::uint64_t>(row.integer(2)),
                              {row.integer(3)}});
      }));
  return years;
}

Outcome<TaxYears> TaxStore::years() {
  const std::lock_guard lock(database_->mutex());
  TaxYears years;
  const auto read = database_->snapshot([&]() -> Outcome<void> {
    MADO_TRY(now, years_in_transaction());
    years = std::move(now);
    return {};
  });
  if (!read) return std::unexpected(read.error());
  return years;
}

// Nothing if the year's key was erased after the snapshot was taken.
Outcome<std::optional<TaxAnswer>> TaxStore::try_to_find(std::string_view resident) {
  TaxAnswer answer;
  Bytes generation;
  const TaxYearKey* key = nullptr;
  Bytes name;
  Bytes body;
  const auto read = database_->snapshot([&]() -> Outcome<void> {
    MADO_CHECK(
        database_->query("SELECT issued.year, whole, records, heard_at, generation FROM issued LEFT JOIN year ON "
                         "year.year = issued.year",
                         {}, [&](const store::Row& row) {
                           answer.year = {static_cast<std::uint32_t>(row.integer(0)),
                                          row.integer(1) == 1,
                                          static_cast<std::uint64_t>(row.integer(2)),
                                          {row.integer(3)}};
                           generation = row.blob(4);
                         }));
    if (generation.empty()) return {};
    MADO_TRY(found, keys_.find(answer.year.year, generation));
    key = found;
    if (key == nullptr) return {};
    name = key->name_of(resident);
    return database_->query("SELECT body FROM record WHERE year = ? AND name = ?",
                            {std::int64_t{answer.year.year}, name}, [&](const store::Row& row) { body = row.blob(0); });
  });
  if (!read) return std::unexpected(read.error());
  if (!generation.empty() && key == nullptr) return std::nullopt;
  keys_.forget_before(answer.year.year);
  if (body.empty()) return answer;
  MADO_TRY(content, key->open(name, body));
  MADO_TRY(record, wire::parse<v1::TaxRecord>(content.reveal(), "a row of the tax store"));
  answer.record.emplace(std::move(record));
  return answer;
}

Outcome<TaxAnswer> TaxStore::find(std::string_view resident) {
  const std::lock_guard lock(database_->mutex());
  // A roll-over may have come in between, once.
  for (int attempt = 0; attempt < 2; ++attempt) {
    MADO_TRY(answer, try_to_find(resident));
    if (answer) return std::move(*answer);
  }
  return refuse(Reason::storage_failed, "the key of the tax year that is issued from is gone");
}

// Nothing if the store has no such year, or no key to it.
Outcome<std::optional<TaxPass>> TaxStore::pass_under_way(std::uint32_t year, Instant now) {
  std::optional<TaxPass> found;
  Bytes after;
  MADO_CHECK(
      database_->query("SELECT generation, whole, position, step, pass_changed_after, pass_position, pass_begun_at, "
                       "pass_after FROM year "
                       "WHERE year = ?",
                       {std::int64_t{year}}, [&](const store::Row& row) {
                         found.emplace(TaxPass{year,
                                               row.blob(0),
                                               row.integer(3),
                                               static_cast<std::uint64_t>(row.integer(4)),
                                               static_cast<std::uint64_t>(row.integer(5)),
                                               {row.integer(6)},
                                               {}});
                         after = row.blob(7);
                         if (found->begun_at > Instant{}) return;
                         found->begun_at = now;
                         found->changed_after = row.integer(1) == 1 ? static_cast<std::uint64_t>(row.integer(2)) : 0;
                       }));
  if (!found) return found;
  MADO_TRY(key, keys_.find(year, found->generation));
  if (key == nullptr) return std::nullopt;
  if (after.empty()) return found;
  MADO_TRY(opened, key->open(view_of(name_of_cursor), after));
  found->after = Sensitive<std::string>{string_of(opened.reveal())};
  return found;
}

// The key is made while the transaction keeps a roll-over away: no key of an older year comes after it.
Outcome<void> TaxStore::begin_year(std::uint32_t year) {
  return database_->transaction("tax_year_begun"_point, [&](store::Database::Writer& writer) -> Outcome<void> {
    std::uint32_t issued = 0;
    MADO_CHECK(database_->query("SELECT year FROM issued", {},
                                [&](const store::Row& row) { issued = static_cast<std::uint32_t>(row.integer(0)); }));
    if (year < issued) {
      return refuse(Reason::input_invalid,
                    fmt::format("tax year {} is older than {}, which is issued from, and is not linked", year, issued));
    }
    MADO_TRY(key, keys_.make(year));
    MADO_CHECK(writer.run("DELETE FROM record WHERE year = ?", {std::int64_t{year}}));
    return writer.run(
        "INSERT INTO year (year, generation, whole, records, heard_at, position, sweep, step, pass_changed_after, "
        "pass_position, pass_begun_at, pass_after) VALUES (?, ?, 0, 0, 0, 0, 1, 0, 0, 0, 0, ?) ON CONFLICT (year) DO "
        "UPDATE SET generation = excluded.generation, whole = 0, records = 0, heard_at = 0, position = 0, sweep = 1, "
        "step = 0, pass_changed_after = 0, pass_position = 0, pass_begun_at = 0, pass_after = excluded.pass_after",
        {std::int64_t{year}, key->generation(), Bytes{}});
  });
}

Outcome<TaxPass> TaxStore::resume(std::uint32_t year, Instant now) {
  const std::lock_guard lock(database_->mutex());
  MADO_TRY(pass, pass_under_way(year, now));
  if (!pass) {
    MADO_CHECK(begin_year(year));
    MADO_TRY(begun, pass_under_way(year, now));
    if (!begun) return refuse(Reason::storage_failed, "the key of a tax year is gone as soon as it was made");
    return std::move(*begun);
  }
  return std::move(*pass);
}

Outcome<void> TaxStore::move_on(store::Database::Writer& writer, const TaxPass& from, const TaxPass& to) {
  MADO_TRY(key, keys_.find(from.year, from.generation));
  if (key == nullptr) return refuse(Reason::busy, "the tax year was erased meanwhile");
  const auto after =
      to.after.reveal().empty() ? Bytes{} : key->seal(view_of(name_of_cursor), view_of(to.after.reveal()));
  // Once a roll-over has begun, nothing more of an older year is kept.
  MADO_CHECK(writer.run(
      "UPDATE year SET step = ?, pass_changed_after = ?, pass_position = ?, pass_begun_at = ?, pass_after = ? WHERE "
      "year = ? AND generation = ? AND step = ? AND year >= coalesce((SELECT issued.year FROM issued), 0)",
      {to.step, number(to.changed_after), number(to.position), to.begun_at.milliseconds, after, std::int64_t{from.year},
       from.generation, from.step}));
  if (database_->changes() == 1) return {};
  return refuse(Reason::busy, "another process has gone on with the tax link");
}

Outcome<void> TaxStore::end_pass(store::Database::Writer& writer, const TaxPass& pass, bool changed) {
  const std::int64_t year = pass.year;
  if (pass.changed_after == 0) {
    MADO_CHECK(writer.run("DELETE FROM record WHERE year = ? AND sweep <> (SELECT sweep FROM year WHERE year = ?)",
                          {year, year}));
  }
  if (changed || pass.changed_after == 0) {
    MADO_CHECK(writer.run("UPDATE year SET records = (SELECT count(*) FROM record WHERE year = ?) WHERE year = ?",
                          {year, year}));
  }
  MADO_CHECK(writer.run(
      "UPDATE year SET whole = 1, heard_at = pass_begun_at, position = pass_position, pass_changed_after = 0, "
      "pass_position = 0, pass_begun_at = 0, pass_after = ? WHERE year = ?",
      {Bytes{}, year}));
  return writer.run(
      "INSERT INTO issued (only, year) SELECT 1, year FROM year WHERE year = ? AND records > 0 ON CONFLICT (only) DO "
      "NOTHING",
      {year});
}

Outcome<void> TaxStore::keep(TaxPass& pass, const v1::TaxYearPage& page) {
  const std::lock_guard lock(database_->mutex());
  TaxPass next{pass.year,
               pass.generation,
               pass.step + 1,
               pass.changed_after,
               pass.position == 0 ? page.position() : pass.position,
               pass.begun_at,
               pass.after.copy()};
  if (page.records_size() > 0) next.after = Sensitive{page.records(page.records_size() - 1).resident()};
  const auto kept =
      database_->transaction("tax_page_kept"_point, [&](store::Database::Writer& writer) -> Outcome<void> {
        MADO_CHECK(move_on(writer, pass, next));
        MADO_TRY(key, keys_.find(pass.year, pass.generation));
        for (const auto& record : page.records()) {
          const auto name = key->name_of(record.resident());
          const Sensitive<Bytes> content{wire::serialise(record)};
          MADO_CHECK(
              writer.run("INSERT INTO record (year, name, sweep, body) SELECT year, ?, sweep, ? FROM year WHERE year = "
                         "? ON CONFLICT "
                         "(year, name) DO UPDATE SET sweep = excluded.sweep, body = excluded.body",
                         {name, key->seal(name, content.reveal()), std::int64_t{pass.year}}));
        }
        const bool changed = !next.after.reveal().empty();
        return page.last() ? end_pass(writer, next, changed) : Outcome<void>{};
      });
  if (kept) pass = std::move(next);
  return kept;
}

Outcome<void> TaxStore::begin_again(TaxPass& pass, Instant now) {
  const std::lock_guard lock(database_->mutex());
  TaxPass next{pass.year, pass.generation, pass.step + 1, 0, 0, now, {}};
  const auto begun =
      database_->transaction("tax_pass_begun_again"_point, [&](store::Database::Writer& writer) -> Outcome<void> {
        MADO_CHECK(move_on(writer, pass, next));
        return writer.run("UPDATE year SET sweep = sweep + 1 WHERE year = ?", {std::int64_t{pass.year}});
      });
  if (begun) pass = std::move(next);
  return begun;
}

}  // namespace mado::issuer
