#include "registry/edge/tax_register.hpp"

#include <fmt/format.h>

#include <limits>
#include <span>

#include "registry/core/check_digit.hpp"
#include "registry/edge/tables.hpp"

namespace mado::registry {

namespace {
constexpr std::int64_t page_size = 500;
constexpr std::size_t page_bytes =
    512 * 1024;  // of the records, so that a page fits a line of 1 MiB whatever they hold
constexpr std::uint32_t first_year = 1950;
constexpr std::uint32_t last_year = 9999;

std::string year_text(std::uint32_t year) { return fmt::format("{:04}", year); }

Outcome<void> check(const v1::TaxYearQuery& query) {
  const bool good = query.fiscal_year() >= first_year && query.fiscal_year() <= last_year &&
                    (query.after().empty() || is_register_number(query.after())) &&
                    query.changed_after() <= std::numeric_limits<std::int64_t>::max();
  if (good) return {};
  return refuse(Reason::message_malformed,
                "a tax query names no year, goes on after no 宛名番号, or after no number of a change");
}

// How many of the records, from the first on and one at least, make a page.
std::size_t fitting(const std::vector<StoredRecord>& found) {
  std::size_t bytes = 0;
  std::size_t records = 0;
  for (; records < found.size() && records < page_size; ++records) {
    bytes += found[records].body.size();
    if (records > 0 && bytes > page_bytes) break;
  }
  return records;
}
}  // namespace

// The database's mutex is held by whoever calls this.
Outcome<std::uint32_t> TaxRegister::newest_year() {
  std::string newest;
  MADO_CHECK(registers_.database().query("SELECT max(part_of) FROM tax_record WHERE in_force = 1 AND part_of <> ''", {},
                                         [&](const store::Row& row) { newest = row.text(0); }));
  return newest.empty() ? 0U : static_cast<std::uint32_t>(std::stoul(newest));
}

Outcome<v1::TaxYearPage> TaxRegister::read_year(const v1::TaxYearQuery& query) {
  MADO_CHECK(check(query));
  auto& database = registers_.database();
  const std::lock_guard lock(database.mutex());
  v1::TaxYearPage page;
  std::vector<StoredRecord> found;
  const auto read = database.snapshot([&]() -> Outcome<void> {
    MADO_TRY(newest, newest_year());
    page.set_newest_year(newest);
    MADO_CHECK(database.query("SELECT coalesce(max(number), 0) FROM change", {}, [&](const store::Row& row) {
      page.set_position(static_cast<std::uint64_t>(row.integer(0)));
    }));
    return database.query(
        "SELECT number, body FROM tax_record WHERE in_force = 1 AND part_of = ? AND part_of <> '' AND number > ? AND "
        "change > ? ORDER BY number LIMIT ?",
        {year_text(query.fiscal_year()), tax_number(query.fiscal_year(), query.after()),
         static_cast<std::int64_t>(query.changed_after()), page_size + 1},
        [&](const store::Row& row) { found.push_back({row.text(0), row.blob(1), {}, 0}); });
  });
  if (!read) return std::unexpected(read.error());
  const auto records = fitting(found);
  page.set_last(records == found.size());
  for (const auto& stored : std::span(found).first(records)) {
    MADO_TRY(record, message_of<v1::TaxRecord>(stored));
    *page.add_records() = std::move(record);
  }
  return page;
}

Outcome<TaxRegister::Reconciled> TaxRegister::reconcile(Instant now) {
  Reconciled count;
  const auto done =
      registers_.change("addressees_reconciled"_point, now, [&](Registers::Change& change) -> Outcome<void> {
        std::vector<StoredRecord> entries;
        MADO_CHECK(registers_.database().query(
            "SELECT number, body, known_as FROM addressee WHERE in_force = 1 AND known_as <> '' ORDER BY number", {},
            [&](const store::Row& row) { entries.push_back({row.text(0), row.blob(1), {{}, row.text(2)}, 0}); }));
        for (const auto& entry : entries) {
          MADO_TRY(addressee, message_of<v1::Addressee>(entry));
          if (addressee.standing() != v1::ADDRESSEE_STANDING_OUTSIDE || !addressee.same_as().empty()) continue;
          ++count.looked_at;
          MADO_TRY(known, registers_.tables().resident.find_known_as(entry.marks.known_as));
          if (!known) continue;
          MADO_TRY(resident, message_of<v1::Resident>(*known));
          if (resident.state() != v1::RESIDENT_STATE_CURRENT) continue;
          ++count.found;
          addressee.set_same_as(resident.number());
          MADO_CHECK(change.put_addressee(addressee));
        }
        return {};
      });
  if (!done) return std::unexpected(done.error());
  return count;
}

Outcome<TaxRegister::Swept> TaxRegister::sweep(std::uint32_t first_kept_year, Instant now) {
  Swept count;
  auto& database = registers_.database();
  const auto done = registers_.change("tax_swept"_point, now, [&](Registers::Change& change) -> Outcome<void> {
    MADO_TRY(newest, newest_year());
    if (newest != 0 && first_kept_year > newest)
      return refuse(Reason::input_invalid, fmt::format("year {} is the newest, and stays", newest));
    const auto delete_rows = [&](std::string_view sql, const std::vector<store::Value>& values,
                                 std::uint64_t& deleted) -> Outcome<void> {
      MADO_CHECK(change.writer().run(sql, values));
      deleted += static_cast<std::uint64_t>(database.changes());
      return {};
    };
    MADO_CHECK(delete_rows("DELETE FROM tax_record WHERE part_of < ? AND part_of <> ''", {year_text(first_kept_year)},
                           count.records));
    MADO_CHECK(delete_rows("DELETE FROM tax_declaration WHERE fiscal_year < ?", {std::int64_t{first_kept_year}},
                           count.declarations));
    MADO_CHECK(delete_rows("DELETE FROM addressee WHERE in_force = 0", {}, count.addressees));
    std::vector<std::string> outside;
    Outcome<void> readable;
    MADO_CHECK(database.query(
        "SELECT number, body FROM addressee a WHERE in_force = 1 AND NOT EXISTS (SELECT 1 FROM tax_declaration d WHERE "
        "d.resident = a.number) AND NOT EXISTS (SELECT 1 FROM tax_record r WHERE r.known_as = a.number "
        "AND r.known_as <> '' AND r.in_force = 1)",
        {}, [&](const store::Row& row) {
          const auto addressee = message_of<v1::Addressee>({row.text(0), row.blob(1), {}, 0});
          if (!addressee) readable = std::unexpected(addressee.error());
          if (addressee && addressee->standing() == v1::ADDRESSEE_STANDING_OUTSIDE) outside.push_back(row.text(0));
        }));
    MADO_CHECK(readable);
    for (const auto& number : outside)
      MADO_CHECK(delete_rows("DELETE FROM addressee WHERE number = ?", {number}, count.addressees));
    return {};
  });
  if (!done) return std::unexpected(done.error());
  return count;
}

}  // namespace mado::registry
