#include "registry/edge/record_table.hpp"

#include <fmt/format.h>

namespace mado::registry {

namespace {
StoredRecord record_of(const store::Row& row) {
  return {row.text(0), row.blob(1), {row.text(2), row.text(3)}, row.integer(4)};
}
}  // namespace

std::string RecordTable::schema(const std::string& name) {
  return fmt::format(
      "CREATE TABLE IF NOT EXISTS {0} (number TEXT NOT NULL, history BIGINT NOT NULL, in_force BIGINT NOT NULL, "
      "change BIGINT NOT NULL, part_of TEXT NOT NULL, known_as TEXT NOT NULL, body BYTEA NOT NULL, "
      "PRIMARY KEY (number, history));"
      "CREATE UNIQUE INDEX IF NOT EXISTS {0}_in_force ON {0} (number) WHERE in_force = 1;"
      "CREATE INDEX IF NOT EXISTS {0}_part_of ON {0} (part_of, number) WHERE in_force = 1 AND part_of <> '';"
      "CREATE INDEX IF NOT EXISTS {0}_known_as ON {0} (known_as) WHERE in_force = 1 AND known_as <> '';",
      name);
}

RecordTable::RecordTable(store::Database& database, const std::string& name)
    : database_(database),
      find_(fmt::format("SELECT number, body, part_of, known_as, change FROM {} WHERE number = ? AND in_force = 1",
                        name)),
      part_of_(fmt::format("SELECT number, body, part_of, known_as, change FROM {} WHERE part_of = ? AND part_of <> '' "
                           "AND in_force = 1 ORDER BY number",
                           name)),
      known_as_(fmt::format("SELECT number, body, part_of, known_as, change FROM {} WHERE known_as = ? AND known_as <> "
                            "'' AND in_force = 1 ORDER BY number LIMIT 1",
                            name)),
      last_(fmt::format("SELECT history, body, part_of, known_as FROM {} WHERE number = ? AND in_force = 1", name)),
      end_(fmt::format("UPDATE {} SET in_force = 0 WHERE number = ? AND in_force = 1", name)),
      insert_(
          fmt::format("INSERT INTO {} (number, history, in_force, change, part_of, known_as, body) VALUES (?, ?, 1, "
                      "?, ?, ?, ?)",
                      name)),
      count_(fmt::format("SELECT count(*) FROM {} WHERE in_force = 1", name)) {}

Outcome<std::optional<StoredRecord>> RecordTable::find(const std::string& number) const {
  std::optional<StoredRecord> found;
  MADO_CHECK(database_.query(find_, {number}, [&](const store::Row& row) { found = record_of(row); }));
  return found;
}

Outcome<void> RecordTable::each_part_of(const std::string& whole, const std::function<void(StoredRecord)>& each) const {
  return database_.query(part_of_, {whole}, [&](const store::Row& row) { each(record_of(row)); });
}

Outcome<std::optional<StoredRecord>> RecordTable::find_known_as(const std::string& name) const {
  std::optional<StoredRecord> found;
  MADO_CHECK(database_.query(known_as_, {name}, [&](const store::Row& row) { found = record_of(row); }));
  return found;
}

Outcome<bool> RecordTable::put(store::Database::Writer& writer, const StoredRecord& record) const {
  std::int64_t history = 0;
  bool same = false;
  MADO_CHECK(database_.query(last_, {record.number}, [&](const store::Row& row) {
    history = row.integer(0);
    same = row.blob(1) == record.body && row.text(2) == record.marks.part_of && row.text(3) == record.marks.known_as;
  }));
  if (same) return false;
  if (history > 0) MADO_CHECK(writer.run(end_, {record.number}));
  MADO_CHECK(writer.run(
      insert_, {record.number, history + 1, record.change, record.marks.part_of, record.marks.known_as, record.body}));
  return true;
}

Outcome<std::uint64_t> RecordTable::count() const {
  std::int64_t found = 0;
  MADO_CHECK(database_.query(count_, {}, [&](const store::Row& row) { found = row.integer(0); }));
  return static_cast<std::uint64_t>(found);
}

}  // namespace mado::registry
