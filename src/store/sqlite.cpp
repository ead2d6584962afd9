// Databases in one SQLite file. The one place that includes SQLite.
#include <sqlite3.h>
#include <sys/stat.h>

#include <map>

#include "store/connection.hpp"

namespace mado::store {

namespace {
constexpr const char* settings_of_every_database =
    "PRAGMA busy_timeout=5000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA "
    "foreign_keys=ON; "
    "PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF;";

class SqliteRow final : public Row {
 public:
  explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}
  std::int64_t integer(int column) const override { return sqlite3_column_int64(statement_, column); }
  std::string text(int column) const override {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return text == nullptr ? std::string()
                           : std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
  }
  Bytes blob(int column) const override {
    const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
    return data == nullptr ? Bytes() : Bytes(data, data + sqlite3_column_bytes(statement_, column));
  }
  bool is_null(int column) const override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

 private:
  sqlite3_stmt* statement_;
};

int bind(sqlite3_stmt* statement, int at, const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return sqlite3_bind_int64(statement, at, *number);
  if (const auto* text = std::get_if<std::string>(&value)) {
    return sqlite3_bind_text(statement, at, text->data(), static_cast<int>(text->size()), SQLITE_TRANSIENT);
  }
  if (const auto* blob = std::get_if<Bytes>(&value)) {
    return sqlite3_bind_blob(statement, at, blob->empty() ? reinterpret_cast<const void*>("") : blob->data(),
                             static_cast<int>(blob->size()), SQLITE_TRANSIENT);
  }
  return sqlite3_bind_null(statement, at);
}

class SqliteConnection final : public Connection {
 public:
  ~SqliteConnection() override {
    for (auto& [sql, statement] : prepared_) sqlite3_finalize(statement);
    sqlite3_close(handle_);
  }

  Outcome<void> open(CrashPoint point, const std::filesystem::path& file, std::string_view schema) {
    const auto before = umask(077);
    const int opened = sqlite3_open_v2(file.c_str(), &handle_,
                                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    umask(before);
    if (opened != SQLITE_OK)
      return refuse(Reason::storage_failed, file.string() + " cannot be opened: " + sqlite3_errstr(opened));
    sqlite3_extended_result_codes(handle_, 1);
    const auto prepared =
        between(point, [&] { return execute(settings_of_every_database) && execute(std::string(schema).c_str()); });
    if (!prepared) return failed(file.string() + " cannot be prepared");
    return {};
  }

  Outcome<void> run(std::string_view sql, const std::vector<Value>& values, const EachRow& each) override {
    MADO_TRY(statement, prepare(sql));
    return step(statement, values, each);
  }
  Outcome<void> query(std::string_view sql, const std::vector<Value>& values, const EachRow& each) override {
    MADO_TRY(statement, prepare(sql));
    if (sqlite3_stmt_readonly(statement) == 0) return refuse(Reason::storage_failed, "a query must not write");
    return step(statement, values, each);
  }
  Outcome<void> write_alone(std::string_view sql, const std::vector<Value>& values) override {
    return run(sql, values, [](const Row&) {});
  }
  Outcome<Shape> shape_of(std::string_view sql) override {
    MADO_TRY(statement, prepare(sql));
    Shape shape{sqlite3_bind_parameter_count(statement), {}};
    for (int i = 0; i < sqlite3_column_count(statement); ++i)
      shape.columns.emplace_back(sqlite3_column_name(statement, i));
    return shape;
  }

  Outcome<void> begin_writing() override { return begin("BEGIN IMMEDIATE"); }
  Outcome<void> begin_reading() override { return begin("BEGIN"); }
  Outcome<void> commit() override {
    if (broken_) return refuse(Reason::storage_failed, "a statement of the transaction failed");
    return run("COMMIT", {}, [](const Row&) {});
  }
  void roll_back() override {
    const auto failure = failure_;
    (void)run("ROLLBACK", {}, [](const Row&) {});
    failure_ = failure;
  }

  std::int64_t changes() const override { return sqlite3_changes64(handle_); }
  std::int64_t instructions() const override { return instructions_; }

 private:
  std::unexpected<Refusal> failed(std::string_view what) {
    const int error = sqlite3_extended_errcode(handle_);
    failure_ =
        error == SQLITE_CONSTRAINT_UNIQUE || error == SQLITE_CONSTRAINT_PRIMARYKEY ? Failure::unique : Failure::other;
    broken_ = true;
    // Not sqlite3_errmsg, which quotes what a damaged file holds.
    return refuse(Reason::storage_failed,
                  std::string(what) + ": " + sqlite3_errstr(error) + " (SQLite " + std::to_string(error) + ")");
  }

  bool execute(const char* script) { return sqlite3_exec(handle_, script, nullptr, nullptr, nullptr) == SQLITE_OK; }

  Outcome<void> begin(std::string_view sql) {
    MADO_CHECK(run(sql, {}, [](const Row&) {}));
    broken_ = false;
    return {};
  }

  // Statements are prepared once; the set of SQL texts of a program is fixed.
  Outcome<sqlite3_stmt*> prepare(std::string_view sql) {
    if (const auto found = prepared_.find(sql); found != prepared_.end()) {
      sqlite3_reset(found->second);
      sqlite3_clear_bindings(found->second);
      return found->second;
    }
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement,
                           nullptr) != SQLITE_OK) {
      return failed("a statement does not compile");
    }
    prepared_.emplace(sql, statement);
    return statement;
  }

  Outcome<void> step(sqlite3_stmt* statement, const std::vector<Value>& values, const EachRow& each) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (bind(statement, static_cast<int>(i) + 1, values[i]) != SQLITE_OK) return failed("a value cannot be bound");
    }
    int stepped = sqlite3_step(statement);
    for (; stepped == SQLITE_ROW; stepped = sqlite3_step(statement)) each(SqliteRow(statement));
    constexpr int and_begin_again = 1;
    instructions_ += sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_VM_STEP, and_begin_again);
    if (stepped != SQLITE_DONE) {
      auto refusal = failed("a statement failed");
      sqlite3_reset(statement);
      return refusal;
    }
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    failure_ = Failure::none;
    return {};
  }

  sqlite3* handle_ = nullptr;
  std::map<std::string, sqlite3_stmt*, std::less<>> prepared_;
  std::int64_t instructions_ = 0;
  bool broken_ = false;  // a statement of this transaction failed: it can only be rolled back
};
}  // namespace

Outcome<std::unique_ptr<Database>> Database::open(CrashPoint point, const std::filesystem::path& file,
                                                  std::string_view schema) {
  auto connection = std::make_unique<SqliteConnection>();
  MADO_CHECK(connection->open(point, file, schema));
  return std::unique_ptr<Database>(new Database(std::move(connection)));
}

}  // namespace mado::store
