#include "store/database.hpp"

#include <sqlite3.h>
#include <sys/stat.h>

#include <map>

namespace mado::store {

namespace {
sqlite3_stmt* raw(void* statement) { return static_cast<sqlite3_stmt*>(statement); }

constexpr const char* settings_of_every_database =
    "PRAGMA busy_timeout=5000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA "
    "foreign_keys=ON; "
    "PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF;";

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
}  // namespace

std::int64_t Row::integer(int column) const { return sqlite3_column_int64(raw(statement_), column); }
std::string Row::text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(raw(statement_), column));
  return text == nullptr ? std::string()
                         : std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(raw(statement_), column)));
}
Bytes Row::blob(int column) const {
  const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(raw(statement_), column));
  return data == nullptr ? Bytes() : Bytes(data, data + sqlite3_column_bytes(raw(statement_), column));
}
bool Row::is_null(int column) const { return sqlite3_column_type(raw(statement_), column) == SQLITE_NULL; }

struct Database::Inside {
  sqlite3* handle = nullptr;
  std::map<std::string, sqlite3_stmt*, std::less<>> prepared;
  int last_error = SQLITE_OK;

  ~Inside() {
    for (auto& [sql, statement] : prepared) sqlite3_finalize(statement);
    sqlite3_close(handle);
  }

  std::unexpected<Refusal> failed(std::string_view what) {
    last_error = sqlite3_extended_errcode(handle);
    // Not sqlite3_errmsg, which quotes what a damaged file holds.
    return refuse(Reason::storage_failed, std::string(what) + ": " + sqlite3_errstr(last_error) + " (SQLite " +
                                              std::to_string(last_error) + ")");
  }

  bool execute(const std::string& script) {
    return sqlite3_exec(handle, script.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
  }

  // Statements are prepared once; the set of SQL texts of a program is fixed.
  Outcome<sqlite3_stmt*> prepare(std::string_view sql) {
    if (const auto found = prepared.find(sql); found != prepared.end()) {
      sqlite3_reset(found->second);
      sqlite3_clear_bindings(found->second);
      return found->second;
    }
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v3(handle, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement,
                           nullptr) != SQLITE_OK) {
      return failed("a statement does not compile");
    }
    prepared.emplace(sql, statement);
    return statement;
  }

  Outcome<void> step(sqlite3_stmt* statement, const std::vector<Value>& values,
                     const std::function<void(const Row&)>& each) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (bind(statement, static_cast<int>(i) + 1, values[i]) != SQLITE_OK) return failed("a value cannot be bound");
    }
    int stepped = sqlite3_step(statement);
    for (; stepped == SQLITE_ROW; stepped = sqlite3_step(statement)) each(Row(statement));
    if (stepped != SQLITE_DONE) {
      auto refusal = failed("a statement failed");
      sqlite3_reset(statement);
      return refusal;
    }
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    last_error = SQLITE_OK;
    return {};
  }
};

Database::Database(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Database::~Database() = default;

Outcome<std::unique_ptr<Database>> Database::open(CrashPoint point, const std::filesystem::path& file,
                                                  std::string_view schema) {
  auto inside = std::make_unique<Inside>();
  const auto before = umask(077);
  const int opened = sqlite3_open_v2(file.c_str(), &inside->handle,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  umask(before);
  if (opened != SQLITE_OK)
    return refuse(Reason::storage_failed, file.string() + " cannot be opened: " + sqlite3_errstr(opened));
  sqlite3_extended_result_codes(inside->handle, 1);
  const auto prepared = between(point, [&] {
    return inside->execute(std::string(settings_of_every_database)) && inside->execute(std::string(schema));
  });
  if (!prepared) return inside->failed(file.string() + " cannot be prepared");
  return std::unique_ptr<Database>(new Database(std::move(inside)));
}

Outcome<void> Database::run(std::string_view sql, const std::vector<Value>& values) {
  MADO_TRY(statement, inside_->prepare(sql));
  return inside_->step(statement, values, [](const Row&) {});
}

Outcome<void> Database::write(CrashPoint point, std::string_view sql, const std::vector<Value>& values) {
  return between(point, [&] { return run(sql, values); });
}

Outcome<void> Database::Writer::run(std::string_view sql, const std::vector<Value>& values) {
  return database_.run(sql, values);
}

Outcome<void> Database::query(std::string_view sql, const std::vector<Value>& values,
                              const std::function<void(const Row&)>& each) {
  MADO_TRY(statement, inside_->prepare(sql));
  if (sqlite3_stmt_readonly(statement) == 0) return refuse(Reason::storage_failed, "a query must not write");
  return inside_->step(statement, values, each);
}

bool Database::unique_violation() const {
  return inside_->last_error == SQLITE_CONSTRAINT_UNIQUE || inside_->last_error == SQLITE_CONSTRAINT_PRIMARYKEY;
}

std::int64_t Database::changes() const { return sqlite3_changes64(inside_->handle); }

Outcome<void> Database::transaction(CrashPoint point, const std::function<Outcome<void>(Writer&)>& work) {
  MADO_CHECK(run("BEGIN IMMEDIATE"));
  Writer writer(*this);
  auto done = work(writer);
  const int error = inside_->last_error;
  if (done) done = between(point, [&] { return run("COMMIT"); });
  if (!done) {
    (void)run("ROLLBACK");
    if (inside_->last_error == SQLITE_OK) inside_->last_error = error;
  }
  return done;
}

Outcome<void> Database::snapshot(const std::function<Outcome<void>()>& work) {
  MADO_CHECK(run("BEGIN"));
  auto done = work();
  (void)run("COMMIT");
  return done;
}

}  // namespace mado::store
