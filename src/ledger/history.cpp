#include "ledger/history.hpp"

#include "store/database.hpp"

namespace mado::ledger {

namespace {
constexpr const char* schema = R"sql(
CREATE TABLE IF NOT EXISTS history (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  step TEXT NOT NULL,
  city TEXT NOT NULL,
  kiosk TEXT NOT NULL,
  outcome TEXT NOT NULL,
  digest BLOB NOT NULL
);
)sql";

// Each step has a point of its own.
CrashPoint point_of(std::string_view step) {
  if (step == "open") return "history_open"_point;
  if (step == "apply") return "history_apply"_point;
  if (step == "confirm") return "history_confirm"_point;
  return "history_report"_point;
}

class SqliteHistory final : public History {
 public:
  explicit SqliteHistory(std::unique_ptr<store::Database> database) : database_(std::move(database)) {}

  Outcome<void> record(const HistoryEvent& event) override {
    const std::lock_guard lock(database_->mutex());
    return database_->write(point_of(event.step),
                            "INSERT INTO history (at, step, city, kiosk, outcome, digest) VALUES (?,?,?,?,?,?)",
                            {event.at.milliseconds, event.step, event.city, event.kiosk, event.outcome, event.digest});
  }

  Outcome<std::vector<HistoryEvent>> newest(std::size_t most) override {
    const std::lock_guard lock(database_->mutex());
    std::vector<HistoryEvent> events;
    MADO_CHECK(database_->query(
        "SELECT step, city, kiosk, outcome, digest, at FROM history ORDER BY number DESC LIMIT ?",
        {static_cast<std::int64_t>(most)}, [&](const store::Row& row) {
          events.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.blob(4), Instant{row.integer(5)}});
        }));
    return events;
  }

 private:
  std::unique_ptr<store::Database> database_;
};
}  // namespace

Outcome<std::unique_ptr<History>> open_history(const std::filesystem::path& file) {
  MADO_TRY(database, store::Database::open("history_opened"_point, file, schema));
  return std::make_unique<SqliteHistory>(std::move(database));
}

}  // namespace mado::ledger
