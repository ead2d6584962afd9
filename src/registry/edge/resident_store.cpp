#include "registry/edge/resident_store.hpp"

#include <fmt/format.h>

#include "registry/core/columns.hpp"
#include "registry/core/household_reading.hpp"
#include "store/database.hpp"

namespace mado::registry {

namespace {
constexpr std::string_view fixed_schema = R"sql(
CREATE TABLE IF NOT EXISTS change (number INTEGER PRIMARY KEY, made_at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS household (number TEXT PRIMARY KEY, address TEXT NOT NULL, change INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS card (
  issuer_key BLOB NOT NULL,
  serial BLOB NOT NULL,
  resident TEXT NOT NULL,
  public_key_digest BLOB NOT NULL,
  change INTEGER NOT NULL,
  PRIMARY KEY (issuer_key, serial, resident)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS suppression (
  resident TEXT NOT NULL, cause INTEGER NOT NULL, change INTEGER NOT NULL, PRIMARY KEY (resident, cause)
) WITHOUT ROWID;
)sql";

// The resident's columns in their order, after `number`, as in select, insert and bind.
std::string column_list() {
  std::string list = "household, saved_order, state, sex";
  for (const auto& column : text_columns) list += fmt::format(", {}", column.name);
  for (const auto& column : date_columns) list += fmt::format(", {0}, {0}_written", column.name);
  return list;
}

std::string schema() {
  std::string columns =
      "household TEXT NOT NULL, saved_order INTEGER NOT NULL, state INTEGER NOT NULL, sex INTEGER NOT NULL";
  for (const auto& column : text_columns) columns += fmt::format(", {} TEXT NOT NULL", column.name);
  for (const auto& column : date_columns)
    columns += fmt::format(", {0} TEXT NOT NULL, {0}_written TEXT NOT NULL", column.name);
  return fmt::format(
      "{}CREATE TABLE IF NOT EXISTS resident (number TEXT NOT NULL, history INTEGER NOT NULL, in_force INTEGER NOT "
      "NULL, "
      "change INTEGER NOT NULL, {}, PRIMARY KEY (number, history)) WITHOUT ROWID;"
      "CREATE INDEX IF NOT EXISTS resident_household ON resident (household) WHERE in_force = 1;"
      "CREATE UNIQUE INDEX IF NOT EXISTS resident_in_force ON resident (number) WHERE in_force = 1;",
      fixed_schema, columns);
}

const std::string& members_query() {
  static const std::string sql =
      fmt::format("SELECT number, {} FROM resident WHERE household = ? AND in_force = 1", column_list());
  return sql;
}

const std::string& insert_resident() {
  static const std::string sql = [] {
    const auto columns = 4 + text_columns.size() + 2 * date_columns.size();
    std::string places;
    for (std::size_t i = 0; i < columns; ++i) places += ", ?";
    return fmt::format("INSERT INTO resident (number, history, in_force, change, {}) VALUES (?, ?, 1, ?{})",
                       column_list(), places);
  }();
  return sql;
}

v1::Resident resident_of(const store::Row& row) {
  int at = 0;
  v1::Resident resident;
  resident.set_number(row.text(at++));
  ++at;  // the household, which was asked for
  resident.set_order(static_cast<std::uint32_t>(row.integer(at++)));
  resident.set_state(static_cast<v1::ResidentState>(row.integer(at++)));
  resident.set_sex(static_cast<v1::Sex>(row.integer(at++)));
  for (const auto& column : text_columns) *(resident.*column.edit)() = row.text(at++);
  for (const auto& column : date_columns) {
    auto& date = *(resident.*column.edit)();
    date.set_day(row.text(at++));
    date.set_written(row.text(at++));
  }
  return resident;
}

std::vector<store::Value> values_of(const ResidentRow& row, std::int64_t history, std::int64_t change) {
  const auto& resident = row.resident;
  std::vector<store::Value> values{resident.number(),
                                   history,
                                   change,
                                   row.household,
                                   std::int64_t{resident.order()},
                                   std::int64_t{resident.state()},
                                   std::int64_t{resident.sex()}};
  for (const auto& column : text_columns) values.emplace_back((resident.*column.get)());
  for (const auto& column : date_columns) {
    values.emplace_back((resident.*column.get)().day());
    values.emplace_back((resident.*column.get)().written());
  }
  return values;
}
}  // namespace

// Rows as SQL finds them; what they mean is said in registry/core.
struct ResidentStore::Inside final : ResidentRows {
  explicit Inside(std::unique_ptr<store::Database> opened) : database(std::move(opened)) {}
  std::unique_ptr<store::Database> database;

  Outcome<std::uint64_t> last_change() override {
    std::int64_t number = 0;
    MADO_CHECK(database->query("SELECT coalesce(max(number), 0) FROM change", {},
                               [&](const store::Row& row) { number = row.integer(0); }));
    return static_cast<std::uint64_t>(number);
  }

  Outcome<std::vector<CardRow>> cards(const Bytes& issuer_key, const Bytes& serial) override {
    std::vector<CardRow> found;
    MADO_CHECK(database->query(
        "SELECT issuer_key, serial, public_key_digest, resident FROM card WHERE issuer_key = ? AND serial = ? "
        "ORDER BY resident",
        {issuer_key, serial},
        [&](const store::Row& row) { found.push_back({row.blob(0), row.blob(1), row.blob(2), row.text(3)}); }));
    return found;
  }

  Outcome<void> find_household(const std::string& resident, v1::Household& household) override {
    return database->query(
        "SELECT h.number, h.address FROM resident r JOIN household h ON h.number = r.household WHERE "
        "r.number = ? AND r.in_force = 1",
        {resident}, [&](const store::Row& row) {
          household.set_number(row.text(0));
          household.set_address(row.text(1));
        });
  }

  Outcome<void> add_members(v1::Household& household) override {
    return database->query(members_query(), {household.number()},
                           [&](const store::Row& row) { *household.add_members() = resident_of(row); });
  }

  Outcome<std::vector<v1::Suppression>> suppressions(const std::string& resident) override {
    std::vector<v1::Suppression> causes;
    MADO_CHECK(database->query(
        "SELECT cause FROM suppression WHERE resident = ? ORDER BY cause", {resident},
        [&](const store::Row& row) { causes.push_back(static_cast<v1::Suppression>(row.integer(0))); }));
    return causes;
  }
};

ResidentStore::ResidentStore(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
ResidentStore::~ResidentStore() = default;

Outcome<std::unique_ptr<ResidentStore>> ResidentStore::open(const std::filesystem::path& file) {
  MADO_TRY(database, store::Database::open("register_opened"_point, file, schema()));
  return std::unique_ptr<ResidentStore>(new ResidentStore(std::make_unique<Inside>(std::move(database))));
}

Outcome<v1::HouseholdSnapshot> ResidentStore::read_household(const v1::HouseholdQuery& query, Instant now) {
  const std::lock_guard lock(inside_->database->mutex());
  Outcome<v1::HouseholdSnapshot> answer;
  const auto read = inside_->database->snapshot([&]() -> Outcome<void> {
    answer = registry::read_household(*inside_, query, now);
    if (!answer) return std::unexpected(answer.error());
    return {};
  });
  if (!read) return std::unexpected(read.error());
  return answer;
}

Outcome<void> ResidentStore::change(CrashPoint point, Instant now, const std::function<Outcome<void>(Change&)>& work) {
  const std::lock_guard lock(inside_->database->mutex());
  return inside_->database->transaction(point, [&](store::Database::Writer& writer) -> Outcome<void> {
    MADO_TRY(last, inside_->last_change());
    const auto number = static_cast<std::int64_t>(last) + 1;
    Change change(*inside_, writer, number, now);
    MADO_CHECK(work(change));
    return writer.run("INSERT INTO change (number, made_at) VALUES (?, ?)", {number, now.milliseconds});
  });
}

Outcome<std::uint64_t> ResidentStore::feed_position() {
  const std::lock_guard lock(inside_->database->mutex());
  return inside_->last_change();
}

Outcome<void> ResidentStore::Change::put(const ResidentRow& row) {
  auto& database = *inside_.database;
  MADO_CHECK(
      writer_.run("INSERT INTO household (number, address, change) VALUES (?, ?, ?) "
                  "ON CONFLICT (number) DO UPDATE SET address = excluded.address, change = excluded.change",
                  {row.household, row.address, number_}));
  std::int64_t history = 0;
  MADO_CHECK(database.query("SELECT coalesce(max(history), 0) FROM resident WHERE number = ?", {row.resident.number()},
                            [&](const store::Row& found) { history = found.integer(0); }));
  if (history > 0) {
    MADO_CHECK(
        writer_.run("UPDATE resident SET in_force = 0 WHERE number = ? AND in_force = 1", {row.resident.number()}));
  }
  MADO_CHECK(writer_.run(insert_resident(), values_of(row, history + 1, number_)));
  for (const auto cause : row.resident.suppressions()) {
    MADO_CHECK(suppress(row.resident.number(), static_cast<v1::Suppression>(cause)));
  }
  return {};
}

Outcome<void> ResidentStore::Change::require_resident(const std::string& resident) {
  bool found = false;
  MADO_CHECK(inside_.database->query("SELECT 1 FROM resident WHERE number = ? AND in_force = 1", {resident},
                                     [&](const store::Row&) { found = true; }));
  if (!found) return refuse(Reason::input_invalid, "there is no resident with this 宛名番号");
  return {};
}

Outcome<void> ResidentStore::Change::require_unclaimed(const CardRow& card) {
  bool claimed = false;
  MADO_CHECK(inside_.database->query("SELECT 1 FROM card WHERE issuer_key = ? AND serial = ? AND resident <> ?",
                                     {card.issuer_key, card.serial, card.resident},
                                     [&](const store::Row&) { claimed = true; }));
  if (claimed) return refuse(Reason::input_invalid, "another resident has this card");
  return {};
}

Outcome<void> ResidentStore::Change::put_card(const CardRow& card) {
  MADO_CHECK(require_resident(card.resident));
  return writer_.run(
      "INSERT INTO card (issuer_key, serial, resident, public_key_digest, change) VALUES (?, ?, ?, ?, ?) "
      "ON CONFLICT DO UPDATE SET public_key_digest = excluded.public_key_digest, change = excluded.change",
      {card.issuer_key, card.serial, card.resident, card.public_key_digest, number_});
}

Outcome<void> ResidentStore::Change::withdraw_card(const CardRow& card) {
  return writer_.run("DELETE FROM card WHERE issuer_key = ? AND serial = ? AND resident = ?",
                     {card.issuer_key, card.serial, card.resident});
}

Outcome<void> ResidentStore::Change::suppress(const std::string& resident, v1::Suppression cause) {
  MADO_CHECK(require_resident(resident));
  return writer_.run("INSERT INTO suppression (resident, cause, change) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                     {resident, std::int64_t{cause}, number_});
}

Outcome<void> ResidentStore::Change::unsuppress(const std::string& resident, v1::Suppression cause) {
  MADO_CHECK(require_resident(resident));
  return writer_.run("DELETE FROM suppression WHERE resident = ? AND cause = ?", {resident, std::int64_t{cause}});
}

Outcome<std::uint64_t> ResidentStore::Change::ambiguous_cards() {
  std::int64_t count = 0;
  MADO_CHECK(inside_.database->query(
      "SELECT count(*) FROM (SELECT 1 FROM card GROUP BY issuer_key, serial HAVING count(*) > 1) AS ambiguous", {},
      [&](const store::Row& row) { count = row.integer(0); }));
  return static_cast<std::uint64_t>(count);
}

}  // namespace mado::registry
