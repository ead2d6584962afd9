// One SQLite database file: prepared statements, transactions, errors as values. What is deleted is overwritten
// (secure_delete), what is committed is synced. The one place that includes SQLite.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/bytes.hpp"
#include "base/crash_point.hpp"
#include "base/refusal.hpp"

namespace mado::store {

using Value = std::variant<std::nullptr_t, std::int64_t, std::string, Bytes>;

// One row of a result. Columns count from 0; a NULL reads as 0 or empty.
class Row {
 public:
  explicit Row(void* statement) : statement_(statement) {}
  std::int64_t integer(int column) const;
  std::string text(int column) const;
  Bytes blob(int column) const;
  bool is_null(int column) const;

 private:
  void* statement_;
};

// Used from one thread at a time: whoever shares it holds `mutex()` for as long as an operation takes.
class Database {
 public:
  // Opens or creates `file` (mode 0600) and runs `schema` (idempotent statements). Refusal: storage_failed.
  static Outcome<std::unique_ptr<Database>> open(CrashPoint point, const std::filesystem::path& file,
                                                 std::string_view schema);
  ~Database();

  // One statement, committed and on disk when it returns; `point` is just before and just after that. Refusal:
  // storage_failed; a violated unique constraint says so in `unique_violation()`.
  Outcome<void> write(CrashPoint point, std::string_view sql, const std::vector<Value>& values = {});
  // Runs one query and calls `each` for every row. Refusal: storage_failed, also if the statement would write.
  Outcome<void> query(std::string_view sql, const std::vector<Value>& values,
                      const std::function<void(const Row&)>& each);
  // Whether the last refusal came from a unique constraint.
  bool unique_violation() const;
  // Rows changed by the last statement.
  std::int64_t changes() const;

  // What a transaction may change; lives as long as its work.
  class Writer {
   public:
    Outcome<void> run(std::string_view sql, const std::vector<Value>& values = {});

   private:
    friend class Database;
    explicit Writer(Database& database) : database_(database) {}
    Database& database_;
  };
  // BEGIN IMMEDIATE … COMMIT; rolls back when `work` refuses. The commit is on disk when it returns; `point` is just
  // before and just after it.
  Outcome<void> transaction(CrashPoint point, const std::function<Outcome<void>(Writer&)>& work);
  // BEGIN … END over one snapshot, for reading.
  Outcome<void> snapshot(const std::function<Outcome<void>()>& work);

  std::mutex& mutex() { return mutex_; }

 private:
  struct Inside;
  explicit Database(std::unique_ptr<Inside> inside);
  Outcome<void> run(std::string_view sql, const std::vector<Value>& values = {});
  std::unique_ptr<Inside> inside_;
  std::mutex mutex_;
};

}  // namespace mado::store
