// One database: prepared statements, transactions, errors as values. SQLite for one machine, PostgreSQL for several,
// with the same meaning of every call (docs/decisions/0016-two-databases.md). What is committed is on disk when a call
// returns.
//
// SQL is the part that both understand: no triggers, procedures, advisory locks. A place of a value is `?`; types are
// BIGINT, TEXT and BYTEA.
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

class Connection;

// A text holds no zero byte; PostgreSQL knows none.
using Value = std::variant<std::nullptr_t, std::int64_t, std::string, Bytes>;

// One row of a result, valid during the call that it was handed to. Columns count from 0; a NULL reads as 0 or empty.
class Row {
 public:
  virtual std::int64_t integer(int column) const = 0;
  virtual std::string text(int column) const = 0;
  virtual Bytes blob(int column) const = 0;
  virtual bool is_null(int column) const = 0;

 protected:
  ~Row() = default;
};
using EachRow = std::function<void(const Row&)>;

// What a statement takes and gives, without running it.
struct Shape {
  int parameters = 0;
  std::vector<std::string> columns;
};

// Used from one thread at a time: whoever shares it holds `mutex()` for as long as an operation takes.
class Database {
 public:
  // SQLite. Opens or creates `file` (mode 0600) and runs `schema` (idempotent statements). What is deleted is
  // overwritten. Refusal: storage_failed.
  static Outcome<std::unique_ptr<Database>> open(CrashPoint point, const std::filesystem::path& file,
                                                 std::string_view schema);
  // PostgreSQL. `address` is libpq's: "host=/run/postgresql dbname=register". Runs `schema` as one transaction. The
  // server must store UTF-8 and sync what it commits. A lost connection is made anew with the next operation. Refusal:
  // storage_failed.
  static Outcome<std::unique_ptr<Database>> connect(CrashPoint point, const std::string& address,
                                                    std::string_view schema);
  // PostgreSQL that belongs to somebody else: nothing can be written. Statements are PostgreSQL's own, with `$1`.
  static Outcome<std::unique_ptr<Database>> connect_read_only(const std::string& address);
  ~Database();

  // One statement, committed and on disk when it returns; `point` is just before and just after that. Refusal:
  // storage_failed; a violated unique constraint says so in `unique_violation()`.
  Outcome<void> write(CrashPoint point, std::string_view sql, const std::vector<Value>& values = {});
  // Runs one query and calls `each` for every row; `each` asks nothing of the database. Refusal: storage_failed, also
  // if the statement would write.
  Outcome<void> query(std::string_view sql, const std::vector<Value>& values, const EachRow& each);
  // Refusal: storage_failed if it does not compile.
  Outcome<Shape> shape_of(std::string_view sql);
  // Whether the last refusal came from a unique constraint.
  bool unique_violation() const;
  // Whether the last refusal came while a commit was on its way: it may have taken effect or not. SQLite always knows.
  bool outcome_unknown() const;
  // Rows changed by the last statement.
  std::int64_t changes() const;
  // SQLite's instructions for all statements so far. What finds its rows by an index takes the same number in a table
  // of ten rows and of ten million. 0 from PostgreSQL, which tells nobody.
  std::int64_t instructions() const;

  // What a transaction may change; lives as long as its work.
  class Writer {
   public:
    Outcome<void> run(std::string_view sql, const std::vector<Value>& values = {});

   private:
    friend class Database;
    explicit Writer(Database& database) : database_(database) {}
    Database& database_;
  };
  // All of `work`, or nothing if it or one of its statements refuses. One transaction writes at a time: what it reads
  // is what was committed last, by whichever process. The commit is on disk when it returns; `point` is just before and
  // just after it. Refusal: what `work` refused with; storage_failed, also if another writer does not end within 5 s.
  Outcome<void> transaction(CrashPoint point, const std::function<Outcome<void>(Writer&)>& work);
  // Reads only: every query of `work` sees the same commits.
  Outcome<void> snapshot(const std::function<Outcome<void>()>& work);

  std::mutex& mutex() { return mutex_; }

 private:
  explicit Database(std::unique_ptr<Connection> connection);
  std::unique_ptr<Connection> connection_;
  std::mutex mutex_;
};

}  // namespace mado::store
