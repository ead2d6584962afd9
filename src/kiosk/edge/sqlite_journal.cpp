#include "kiosk/edge/sqlite_journal.hpp"

#include <limits>
#include <optional>

#include "store/database.hpp"

namespace mado::kiosk {

namespace {
constexpr const char* schema = R"sql(
CREATE TABLE IF NOT EXISTS journal (
  issuance BLOB PRIMARY KEY,
  application_digest BLOB NOT NULL,
  city TEXT NOT NULL,
  kind TEXT NOT NULL,
  step INTEGER NOT NULL,
  fee INTEGER NOT NULL,
  sheets INTEGER NOT NULL,
  begun INTEGER NOT NULL,
  acceptor_captured_before INTEGER NOT NULL,
  acceptor_returned_before INTEGER NOT NULL,
  printer_impressions_before INTEGER NOT NULL,
  printer_counts INTEGER NOT NULL,
  sheets_printed INTEGER NOT NULL,
  money_taken INTEGER NOT NULL,
  money_returned INTEGER NOT NULL,
  money_in_case INTEGER NOT NULL,
  ending INTEGER NOT NULL,
  refusal TEXT NOT NULL,
  settled INTEGER NOT NULL,
  receipt BLOB NOT NULL,
  center_has_it INTEGER NOT NULL,
  city_has_it INTEGER NOT NULL,
  case_closed INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS adjustment (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  captured INTEGER NOT NULL,
  impressions INTEGER NOT NULL,
  at INTEGER NOT NULL,
  note TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS journal_step ON journal (step, begun);
)sql";

constexpr const char* columns =
    "issuance, application_digest, city, kind, step, fee, sheets, begun, acceptor_captured_before, "
    "acceptor_returned_before, "
    "printer_impressions_before, printer_counts, sheets_printed, money_taken, money_returned, money_in_case, ending, "
    "refusal, settled, receipt, "
    "center_has_it, city_has_it, case_closed";

constexpr std::size_t longest_note = 200;

std::int64_t whole(auto value) { return static_cast<std::int64_t>(value); }

std::vector<store::Value> values_of(const JournalEntry& entry) {
  return {Bytes(entry.issuance.view().begin(), entry.issuance.view().end()),
          entry.application_digest,
          entry.city,
          entry.kind,
          whole(entry.step),
          whole(entry.fee),
          whole(entry.sheets),
          entry.begun.milliseconds,
          whole(entry.acceptor_captured_before),
          whole(entry.acceptor_returned_before),
          whole(entry.printer_impressions_before),
          whole(entry.printer_counts),
          whole(entry.sheets_printed),
          whole(entry.money_taken),
          whole(entry.money_returned),
          whole(entry.money_in_case),
          whole(entry.ending),
          entry.refusal,
          entry.settled.milliseconds,
          entry.receipt,
          whole(entry.center_has_it),
          whole(entry.city_has_it),
          whole(entry.case_closed)};
}

// A column as a number of its type; what does not fit makes the whole line unreadable, rather than another amount.
template <typename Number>
Number number(const store::Row& row, int column, bool& readable, std::int64_t least = 0,
              std::int64_t most = std::numeric_limits<Number>::max()) {
  const auto value = row.integer(column);
  readable = readable && value >= least && value <= most;
  return static_cast<Number>(value);
}

// Nothing if the line is none that `record` writes: a failing disk may have changed it.
std::optional<JournalEntry> entry_of(const store::Row& row) {
  constexpr std::int64_t most_counted = std::numeric_limits<std::int64_t>::max();
  constexpr std::uint8_t last_ending = 4;
  bool readable = true;
  JournalEntry entry;
  const auto issuance = Id::from(row.blob(0));
  entry.issuance = issuance.value_or(Id{});
  entry.application_digest = row.blob(1);
  entry.city = row.text(2);
  entry.kind = row.text(3);
  entry.step = static_cast<JournalStep>(
      number<std::uint8_t>(row, 4, readable, whole(JournalStep::accepting), whole(JournalStep::settled)));
  entry.fee = number<std::uint32_t>(row, 5, readable);
  entry.sheets = number<std::uint32_t>(row, 6, readable);
  entry.begun = Instant{row.integer(7)};
  entry.acceptor_captured_before = number<std::uint64_t>(row, 8, readable, 0, most_counted);
  entry.acceptor_returned_before = number<std::uint64_t>(row, 9, readable, 0, most_counted);
  entry.printer_impressions_before = number<std::uint64_t>(row, 10, readable, 0, most_counted);
  entry.printer_counts = row.integer(11) != 0;
  entry.sheets_printed = number<std::uint32_t>(row, 12, readable);
  entry.money_taken = number<std::uint32_t>(row, 13, readable);
  entry.money_returned = number<std::uint32_t>(row, 14, readable);
  entry.money_in_case = number<std::uint32_t>(row, 15, readable);
  entry.ending = number<std::uint8_t>(row, 16, readable, 0, last_ending);
  entry.refusal = row.text(17);
  entry.settled = Instant{row.integer(18)};
  entry.receipt = row.blob(19);
  entry.center_has_it = row.integer(20) != 0;
  entry.city_has_it = row.integer(21) != 0;
  entry.case_closed = row.integer(22) != 0;
  if (!readable || !issuance || issuance->empty()) return std::nullopt;
  return entry;
}

Outcome<void> as_journal(Outcome<void> done) {
  if (done) return done;
  return refuse(Reason::journal_unwritable, done.error().cause);
}

CrashPoint point_of(JournalStep step) {
  switch (step) {
    case JournalStep::accepting:
      return "journal_accepting"_point;
    case JournalStep::paid:
      return "journal_paid"_point;
    case JournalStep::submitted:
      return "journal_submitted"_point;
    case JournalStep::printed:
      return "journal_printed"_point;
    default:
      return "journal_settled"_point;
  }
}

class SqliteJournal final : public Journal {
 public:
  explicit SqliteJournal(std::unique_ptr<store::Database> database) : database_(std::move(database)) {}

  Outcome<void> record(const JournalEntry& entry) override {
    const std::lock_guard lock(database_->mutex());
    static const std::string insert =
        std::string("INSERT INTO journal (") + columns +
        ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (issuance) DO UPDATE SET "
        "step = excluded.step, sheets_printed = excluded.sheets_printed, money_taken = excluded.money_taken, "
        "money_returned = excluded.money_returned, money_in_case = excluded.money_in_case, ending = excluded.ending, "
        "refusal = excluded.refusal, settled = excluded.settled, receipt = excluded.receipt, "
        "center_has_it = excluded.center_has_it, city_has_it = excluded.city_has_it, case_closed = "
        "excluded.case_closed "
        "WHERE excluded.step >= journal.step";
    return as_journal(
        database_->transaction(point_of(entry.step), [&](store::Database::Writer& writer) -> Outcome<void> {
          MADO_CHECK(writer.run(insert, values_of(entry)));
          if (database_->changes() != 1)
            return refuse(Reason::journal_unwritable, "a journal line never goes back a step");
          return {};
        }));
  }

  Outcome<std::vector<JournalEntry>> unsettled() override { return select("WHERE step < 5 ORDER BY begun", {}); }
  Outcome<std::vector<JournalEntry>> unreported(std::size_t most) override {
    return select("WHERE step = 5 AND (center_has_it = 0 OR city_has_it = 0) ORDER BY settled LIMIT ?", {whole(most)});
  }
  Outcome<void> acknowledge(const Id& issuance, bool center_has_it, bool city_has_it) override {
    const std::lock_guard lock(database_->mutex());
    return as_journal(database_->write(
        "journal_acknowledged"_point,
        "UPDATE journal SET center_has_it = ?, city_has_it = ? WHERE issuance = ? AND step = 5",
        {whole(center_has_it), whole(city_has_it), Bytes(issuance.view().begin(), issuance.view().end())}));
  }
  Outcome<std::vector<JournalEntry>> open_cases() override {
    return select("WHERE step = 5 AND case_closed = 0 ORDER BY settled", {});
  }

  Outcome<Totals> totals() override {
    const std::lock_guard lock(database_->mutex());
    return sums();
  }

  Outcome<void> adjust(const Adjustment& adjustment) override {
    if (adjustment.note.empty() || adjustment.note.size() > longest_note)
      return refuse(Reason::input_invalid, "an adjustment needs a note of 1 to 200 bytes");
    const std::lock_guard lock(database_->mutex());
    return as_journal(database_->write(
        "journal_adjusted"_point, "INSERT INTO adjustment (captured, impressions, at, note) VALUES (?,?,?,?)",
        {adjustment.captured, adjustment.impressions, adjustment.at.milliseconds, adjustment.note}));
  }

 private:
  Outcome<Totals> sums() {
    Totals totals;
    auto done = database_->query(
        "SELECT (SELECT coalesce(sum(money_taken),0) FROM journal) + (SELECT coalesce(sum(captured),0) FROM "
        "adjustment), "
        "(SELECT coalesce(sum(sheets_printed),0) FROM journal) + (SELECT coalesce(sum(impressions),0) FROM adjustment)",
        {}, [&](const store::Row& row) {
          totals = {static_cast<std::uint64_t>(row.integer(0)), static_cast<std::uint64_t>(row.integer(1))};
        });
    if (!done) return refuse(Reason::journal_unwritable, done.error().cause);
    return totals;
  }
  Outcome<std::vector<JournalEntry>> select(const std::string& where, const std::vector<store::Value>& values) {
    const std::lock_guard lock(database_->mutex());
    std::vector<JournalEntry> entries;
    bool readable = true;
    auto done = database_->query(std::string("SELECT ") + columns + " FROM journal " + where, values,
                                 [&](const store::Row& row) {
                                   auto entry = entry_of(row);
                                   readable = readable && entry;
                                   if (entry) entries.push_back(std::move(*entry));
                                 });
    if (!done) return refuse(Reason::journal_unwritable, done.error().cause);
    if (!readable) return refuse(Reason::journal_unwritable, "a line of the journal cannot be read");
    return entries;
  }

  std::unique_ptr<store::Database> database_;
};
}  // namespace

Outcome<std::unique_ptr<Journal>> open_journal(const std::filesystem::path& file) {
  auto database = store::Database::open("journal_opened"_point, file, schema);
  if (!database) return refuse(Reason::journal_unwritable, database.error().cause);
  return std::make_unique<SqliteJournal>(std::move(*database));
}

Outcome<void> close_case(const std::filesystem::path& file, const Id& issuance) {
  MADO_TRY(database, store::Database::open("journal_opened_for_case"_point, file, schema));
  MADO_CHECK(database->write("case_closed"_point,
                             "UPDATE journal SET case_closed = 1 WHERE issuance = ? AND step = 5 AND case_closed = 0",
                             {Bytes(issuance.view().begin(), issuance.view().end())}));
  if (database->changes() != 1) return refuse(Reason::input_invalid, "there is no open case of this issuance");
  return {};
}

}  // namespace mado::kiosk
