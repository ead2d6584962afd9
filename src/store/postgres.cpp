// Databases in a PostgreSQL server. The one place that includes libpq.
#include <libpq-fe.h>

#include <charconv>
#include <cstring>
#include <map>

#include "store/connection.hpp"
#include "store/placeholders.hpp"

namespace mado::store {

namespace {
// Every session reads only; a transaction that writes says so. A writer waits for another one as long as with SQLite.
constexpr const char* settings_of_every_session =
    "SET default_transaction_read_only = on; SET lock_timeout = '5s'; SET client_encoding = 'UTF8'; "
    "SET standard_conforming_strings = on; SET bytea_output = 'hex'; SET datestyle = 'ISO'; SET client_min_messages = "
    "'warning'";
constexpr const char* one_writer_at_a_time = "LOCK TABLE madoguchi_writer IN EXCLUSIVE MODE";

struct ResultDeleter {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, ResultDeleter>;

bool good(const Result& result) {
  const auto status = PQresultStatus(result.get());
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

std::string_view state_of(const Result& result) {
  const char* state = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
  return state == nullptr ? std::string_view{} : state;
}

class PostgresRow final : public Row {
 public:
  PostgresRow(const PGresult* result, int row) : result_(result), row_(row) {}
  std::int64_t integer(int column) const override {
    const auto digits = view(column);
    std::int64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
  }
  std::string text(int column) const override { return std::string(view(column)); }
  // As the server writes bytes: \x0132.
  Bytes blob(int column) const override {
    auto digits = view(column);
    if (!digits.starts_with("\\x")) return {};
    digits.remove_prefix(2);
    return from_hex(digits).value_or(Bytes{});
  }
  bool is_null(int column) const override { return PQgetisnull(result_, row_, column) == 1; }

 private:
  std::string_view view(int column) const {
    return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
  }
  const PGresult* result_;
  int row_;
};

// Values as libpq takes them: numbers as text, texts and bytes as they are.
class Parameters {
 public:
  explicit Parameters(const std::vector<Value>& values) {
    numbers_.reserve(values.size());
    for (const auto& value : values) add(value);
  }
  int count() const { return static_cast<int>(places_.size()); }
  const char* const* places() const { return places_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }
  bool has_zero_byte() const { return has_zero_byte_; }

 private:
  void add(const Value& value) {
    constexpr int text = 0;
    constexpr int binary = 1;
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
      put(numbers_.emplace_back(std::to_string(*number)).c_str(), 0, text);
    } else if (const auto* letters = std::get_if<std::string>(&value)) {
      has_zero_byte_ |= letters->find('\0') != std::string::npos;
      put(letters->c_str(), 0, text);
    } else if (const auto* bytes = std::get_if<Bytes>(&value)) {
      put(bytes->empty() ? "" : reinterpret_cast<const char*>(bytes->data()), static_cast<int>(bytes->size()), binary);
    } else {
      put(nullptr, 0, text);
    }
  }
  void put(const char* place, int length, int format) {
    places_.push_back(place);
    lengths_.push_back(length);
    formats_.push_back(format);
  }
  std::vector<std::string> numbers_;  // reserved: places into it stay
  std::vector<const char*> places_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
  bool has_zero_byte_ = false;
};

class PostgresConnection final : public Connection {
 public:
  enum class Access { writes, reads_only };
  explicit PostgresConnection(Access access) : access_(access) {}
  ~PostgresConnection() override { PQfinish(handle_); }

  Outcome<void> open(const std::string& address) {
    handle_ = PQconnectdb(address.c_str());
    if (PQstatus(handle_) != CONNECTION_OK) return unreachable();
    return prepare_session();
  }

  Outcome<void> make_schema(CrashPoint point, std::string_view schema) {
    const auto script = "BEGIN READ WRITE; CREATE TABLE IF NOT EXISTS madoguchi_writer (held BIGINT); " +
                        std::string(one_writer_at_a_time) + "; " + std::string(schema) + "; COMMIT";
    return between(point, [&]() -> Outcome<void> {
      const Result made(PQexec(handle_, script.c_str()));
      if (good(made)) return {};
      auto refusal = failed("the schema cannot be prepared", made);
      roll_back();
      return refusal;
    });
  }

  Outcome<void> run(std::string_view sql, const std::vector<Value>& values, const EachRow& each) override {
    MADO_TRY(name, prepare(sql));
    return execute(*name, values, each);
  }

  Outcome<void> query(std::string_view sql, const std::vector<Value>& values, const EachRow& each) override {
    if (!sql.starts_with("SELECT") && !sql.starts_with("WITH"))
      return refuse(Reason::storage_failed, "a query must not write");
    auto read = run(sql, values, each);
    // A server that was started anew is found out by the first question to it.
    if (!read && !in_transaction_ && lost()) {
      MADO_CHECK(reconnect());
      read = run(sql, values, each);
    }
    return read;
  }

  Outcome<void> write_alone(std::string_view sql, const std::vector<Value>& values) override {
    MADO_CHECK(begin_writing());
    auto done = run(sql, values, [](const Row&) {});
    const auto changed = changes_;
    if (done) done = commit();
    if (!done) roll_back();
    changes_ = changed;
    return done;
  }

  Outcome<Shape> shape_of(std::string_view sql) override {
    MADO_TRY(name, prepare(sql));
    const Result described(PQdescribePrepared(handle_, name->c_str()));
    if (!good(described)) return failed("a statement cannot be described", described);
    Shape shape{PQnparams(described.get()), {}};
    for (int i = 0; i < PQnfields(described.get()); ++i) shape.columns.emplace_back(PQfname(described.get(), i));
    return shape;
  }

  Outcome<void> begin_writing() override {
    if (access_ == Access::reads_only) return refuse(Reason::storage_failed, "this database is read only");
    MADO_CHECK(begin("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"));
    if (auto locked = plainly(one_writer_at_a_time, "the lock of the writer"); !locked) {
      roll_back();
      return locked;
    }
    return {};
  }
  Outcome<void> begin_reading() override { return begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"); }

  Outcome<void> commit() override {
    const Result result(PQexec(handle_, "COMMIT"));
    in_transaction_ = false;
    if (!good(result)) {
      auto refusal = failed("a commit failed", result);
      if (lost()) failure_ = Failure::unknown;
      return refusal;
    }
    // The server ends a transaction with a failed statement by ROLLBACK, whatever it is told.
    if (std::strcmp(PQcmdStatus(result.get()), "COMMIT") != 0)
      return refuse(Reason::storage_failed, "a statement of the transaction failed");
    return {};
  }
  void roll_back() override {
    const Result result(PQexec(handle_, "ROLLBACK"));
    in_transaction_ = false;
  }

  std::int64_t changes() const override { return changes_; }

 private:
  // A server that ends says so in answer to the next statement, before the connection is seen to be closed.
  bool lost() const { return ended_ || PQstatus(handle_) != CONNECTION_OK; }

  std::unexpected<Refusal> unreachable() {
    failure_ = Failure::other;
    return refuse(Reason::storage_failed, std::string("PostgreSQL cannot be reached: ") + PQerrorMessage(handle_));
  }

  // The server's own sentence may quote a record: only its code is passed on.
  std::unexpected<Refusal> failed(std::string_view what, const Result& result) {
    constexpr std::string_view unique_violation = "23505";
    constexpr std::string_view server_ends = "57P";
    const auto state = state_of(result);
    failure_ = state == unique_violation ? Failure::unique : Failure::other;
    ended_ |= state.starts_with(server_ends);
    return refuse(Reason::storage_failed, std::string(what) + " (PostgreSQL " +
                                              (state.empty() ? "without an answer" : std::string(state)) + ")");
  }

  Outcome<void> plainly(const char* sql, const char* what) {
    const Result result(PQexec(handle_, sql));
    if (!good(result)) return failed(what, result);
    return {};
  }

  Outcome<void> prepare_session() {
    prepared_.clear();
    PQsetNoticeProcessor(handle_, [](void*, const char*) {}, nullptr);
    MADO_CHECK(plainly(settings_of_every_session, "the session"));
    if (access_ == Access::reads_only) return {};
    MADO_CHECK(plainly("SET synchronous_commit = on", "the session"));
    MADO_CHECK(require("SHOW server_encoding", "UTF8"));
    return require("SHOW fsync", "on");
  }

  Outcome<void> require(const char* question, std::string_view answer) {
    const Result shown(PQexec(handle_, question));
    if (!good(shown) || PQntuples(shown.get()) != 1) return failed(question, shown);
    if (PQgetvalue(shown.get(), 0, 0) == answer) return {};
    return refuse(Reason::storage_failed, std::string("PostgreSQL: ") + question + " must say " + std::string(answer));
  }

  Outcome<void> reconnect() {
    PQreset(handle_);
    ended_ = false;
    if (lost()) return unreachable();
    return prepare_session();
  }

  Outcome<void> begin(const char* sql) {
    if (lost()) MADO_CHECK(reconnect());
    auto begun = plainly(sql, "a transaction cannot begin");
    if (!begun && lost()) {
      MADO_CHECK(reconnect());
      begun = plainly(sql, "a transaction cannot begin");
    }
    in_transaction_ = begun.has_value();
    return begun;
  }

  // Statements are prepared once a session; the set of SQL texts of a program is fixed.
  Outcome<const std::string*> prepare(std::string_view sql) {
    if (const auto found = prepared_.find(sql); found != prepared_.end()) return &found->second;
    auto name = "s" + std::to_string(prepared_.size());
    const auto text = access_ == Access::reads_only ? std::string(sql) : with_numbered_places(sql);
    const Result result(PQprepare(handle_, name.c_str(), text.c_str(), 0, nullptr));
    if (!good(result)) return failed("a statement does not compile", result);
    return &prepared_.emplace(sql, std::move(name)).first->second;
  }

  Outcome<void> execute(const std::string& name, const std::vector<Value>& values, const EachRow& each) {
    constexpr int as_text = 0;
    const Parameters parameters(values);
    if (parameters.has_zero_byte()) return refuse(Reason::storage_failed, "a text holds a zero byte");
    const Result result(PQexecPrepared(handle_, name.c_str(), parameters.count(), parameters.places(),
                                       parameters.lengths(), parameters.formats(), as_text));
    if (!good(result)) return failed("a statement failed", result);
    const std::string_view changed = PQcmdTuples(result.get());
    changes_ = 0;
    std::from_chars(changed.data(), changed.data() + changed.size(), changes_);
    failure_ = Failure::none;
    for (int row = 0; row < PQntuples(result.get()); ++row) each(PostgresRow(result.get(), row));
    return {};
  }

  Access access_;
  PGconn* handle_ = nullptr;
  std::map<std::string, std::string, std::less<>> prepared_;
  std::int64_t changes_ = 0;
  bool in_transaction_ = false;
  bool ended_ = false;
};
}  // namespace

Outcome<std::unique_ptr<Database>> Database::connect(CrashPoint point, const std::string& address,
                                                     std::string_view schema) {
  auto connection = std::make_unique<PostgresConnection>(PostgresConnection::Access::writes);
  MADO_CHECK(connection->open(address));
  MADO_CHECK(connection->make_schema(point, schema));
  return std::unique_ptr<Database>(new Database(std::move(connection)));
}

Outcome<std::unique_ptr<Database>> Database::connect_read_only(const std::string& address) {
  auto connection = std::make_unique<PostgresConnection>(PostgresConnection::Access::reads_only);
  MADO_CHECK(connection->open(address));
  return std::unique_ptr<Database>(new Database(std::move(connection)));
}

}  // namespace mado::store
