// One register's table: a row for each state of a record, from the change that made it to the next one. The body is the
// contract's message in canonical form; columns beside it are what records are found by.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "store/database.hpp"

namespace mado::registry {

// How a record is found and compared besides its number.
struct Marks {
  std::string part_of = {};   // the household of a resident, the year of a tax record
  std::string known_as = {};  // the 個人番号 of a resident, the digest of the names that a seal was registered for
};

struct StoredRecord {
  std::string number;
  Bytes body;
  Marks marks;
  std::int64_t change = 0;  // that made it
};

// Not thread-safe: whoever calls holds the database's mutex.
class RecordTable {
 public:
  RecordTable(store::Database& database, const std::string& name);
  // Idempotent statements that make the table.
  static std::string schema(const std::string& name);

  // The record in force; nothing if there is none.
  Outcome<std::optional<StoredRecord>> find(const std::string& number) const;
  // Those in force, by a mark, in the order of their numbers.
  Outcome<void> each_part_of(const std::string& whole, const std::function<void(StoredRecord)>& each) const;
  Outcome<std::optional<StoredRecord>> find_known_as(const std::string& name) const;

  // Adds a state that is in force from `change` on. False, and nothing is added, if it is the one in force already.
  Outcome<bool> put(store::Database::Writer& writer, const StoredRecord& record) const;
  // Records in force.
  Outcome<std::uint64_t> count() const;

 private:
  store::Database& database_;
  std::string find_, part_of_, known_as_, last_, end_, insert_, count_;
};

}  // namespace mado::registry
