#include "ledger/issuance_ledger.hpp"

#include <algorithm>

#include "store/database.hpp"

namespace mado::ledger {

namespace {
constexpr const char* schema = R"sql(
CREATE TABLE IF NOT EXISTS epoch (only INTEGER PRIMARY KEY CHECK (only = 1), value BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS issuance (
  issuance BLOB PRIMARY KEY,
  opening_digest BLOB NOT NULL,
  sequence INTEGER NOT NULL,
  application_digest BLOB NOT NULL,
  certificate_digest BLOB,
  records_code BLOB,
  city TEXT NOT NULL,
  kiosk TEXT NOT NULL,
  family TEXT NOT NULL,
  first_number INTEGER NOT NULL,
  copies INTEGER NOT NULL,
  state INTEGER NOT NULL,
  outcome TEXT NOT NULL DEFAULT '',
  begun_at INTEGER NOT NULL,
  confirmed_at INTEGER,
  settled_at INTEGER,
  UNIQUE (opening_digest, sequence)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS numbering (only INTEGER PRIMARY KEY CHECK (only = 1), least INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS settled_unknown (
  issuance BLOB PRIMARY KEY,
  application_digest BLOB NOT NULL,
  kiosk TEXT NOT NULL,
  outcome TEXT NOT NULL,
  settled_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS issuance_number ON issuance (first_number);
CREATE INDEX IF NOT EXISTS issuance_state ON issuance (state, confirmed_at);
)sql";

std::unexpected<Refusal> not_in_state() {
  return refuse(Reason::not_confirmed, "the issuance is not in the state that this step needs");
}

Bytes to_bytes(ByteView view) { return {view.begin(), view.end()}; }
store::Value blob(ByteView view) { return to_bytes(view); }
store::Value number(auto value) { return static_cast<std::int64_t>(value); }

IssuanceRow row_of(const store::Row& row) {
  return {Id::from(row.blob(0)).value_or(Id{}),
          static_cast<IssuanceState>(row.integer(1)),
          row.blob(2),
          row.text(3),
          row.text(4),
          row.text(5),
          row.text(6),
          Instant{row.integer(7)}};
}

// The next running number: after every one given, and not below the last restore's leap.
Outcome<std::uint64_t> next_number(store::Database& database) {
  std::int64_t next = 1;
  const auto at_least = [&](const store::Row& row) { next = std::max(next, row.integer(0)); };
  MADO_CHECK(
      database.query("SELECT first_number + copies FROM issuance ORDER BY first_number DESC LIMIT 1", {}, at_least));
  MADO_CHECK(database.query("SELECT least FROM numbering", {}, at_least));
  return static_cast<std::uint64_t>(next);
}

// Half of what a column holds: what is begun after the last leap has room.
constexpr std::uint64_t most_number = std::uint64_t{1} << 62;

constexpr const char* row_columns = "issuance, state, application_digest, city, kiosk, family, outcome, begun_at";

class SqliteLedger final : public IssuanceLedger {
 public:
  explicit SqliteLedger(std::unique_ptr<store::Database> database) : database_(std::move(database)) {}

  Outcome<Id> epoch() override {
    const std::lock_guard lock(database_->mutex());
    std::optional<Id> found;
    MADO_CHECK(
        database_->query("SELECT value FROM epoch", {}, [&](const store::Row& row) { found = Id::from(row.blob(0)); }));
    if (!found) return refuse(Reason::storage_failed, "the ledger has no epoch");
    return *found;
  }

  Outcome<std::uint64_t> begin(const IssuanceIntent& intent, Instant at) override {
    const std::lock_guard lock(database_->mutex());
    std::uint64_t first_number = 0;
    auto done = database_->transaction("ledger_begun"_point, [&](store::Database::Writer& writer) -> Outcome<void> {
      std::int64_t used = 0;
      MADO_CHECK(database_->query("SELECT count(*) FROM issuance WHERE opening_digest = ?",
                                  {blob(intent.opening_digest)},
                                  [&](const store::Row& row) { used = row.integer(0); }));
      if (used >= intent.most_in_opening)
        return refuse(Reason::opening_used_up, "the opening's applications are used up");
      MADO_TRY(known, settled_unknown(intent.issuance));
      if (known) return refuse(Reason::opening_replayed, "the issuance was settled before it was lost");
      MADO_TRY(next, next_number(*database_));
      first_number = next;
      return writer.run(
          "INSERT INTO issuance (issuance, opening_digest, sequence, application_digest, city, kiosk, family, "
          "first_number, copies, state, "
          "begun_at) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
          {blob(intent.issuance.view()), blob(intent.opening_digest), number(intent.sequence),
           blob(intent.application_digest), intent.city, intent.kiosk, intent.family, number(first_number),
           number(intent.copies), number(IssuanceState::begun), number(at.milliseconds)});
    });
    if (!done && database_->unique_violation())
      return refuse(Reason::opening_replayed, "the issuance or its sequence is known already");
    if (!done) return std::unexpected(done.error());
    return first_number;
  }

  Outcome<void> made(const Id& issuance, const MadeCertificate& certificate) override {
    const std::lock_guard lock(database_->mutex());
    return move("ledger_made"_point,
                "UPDATE issuance SET state = 2, certificate_digest = ?, records_code = ? WHERE issuance = ? AND "
                "state = 1",
                {certificate.digest, certificate.records_code, blob(issuance.view())});
  }

  Outcome<void> confirm(const Id& issuance, ByteView application_digest, const MadeCertificate& certificate,
                        Instant at) override {
    const std::lock_guard lock(database_->mutex());
    std::optional<Bytes> drawn;
    MADO_CHECK(
        database_->query("SELECT records_code FROM issuance WHERE issuance = ? AND application_digest = ? AND "
                         "certificate_digest = ? AND state = 2",
                         {blob(issuance.view()), blob(application_digest), certificate.digest},
                         [&](const store::Row& row) { drawn = row.blob(0); }));
    if (!drawn) return not_in_state();
    if (*drawn != certificate.records_code)
      return refuse(Reason::record_changed, "the records are not those that were drawn");
    return move("ledger_confirmed"_point,
                "UPDATE issuance SET state = 3, confirmed_at = ? WHERE issuance = ? AND state = 2",
                {number(at.milliseconds), blob(issuance.view())});
  }

  Outcome<void> settle(const Id& issuance, ByteView application_digest, const std::string& kiosk,
                       const std::string& outcome, Instant at) override {
    const std::lock_guard lock(database_->mutex());
    std::optional<IssuanceRow> row;
    MADO_CHECK(database_->query(std::string("SELECT ") + row_columns + " FROM issuance WHERE issuance = ?",
                                {blob(issuance.view())}, [&](const store::Row& found) { row = row_of(found); }));
    if (!row) return settle_unknown(issuance, application_digest, kiosk, outcome, at);
    if (row->application_digest != to_bytes(application_digest) || row->kiosk != kiosk) {
      return refuse(Reason::certificate_not_ours, "no issuance of this kiosk with this digest");
    }
    if (row->state == IssuanceState::settled) return {};
    return move("ledger_settled"_point, "UPDATE issuance SET state = 4, settled_at = ?, outcome = ? WHERE issuance = ?",
                {number(at.milliseconds), outcome, blob(issuance.view())});
  }

  Outcome<std::vector<IssuanceRow>> open_cases(Instant before) override {
    const std::lock_guard lock(database_->mutex());
    return select(" WHERE state = 3 AND confirmed_at < ? ORDER BY confirmed_at", {number(before.milliseconds)});
  }

  Outcome<std::vector<IssuanceRow>> rows(std::size_t most) override {
    const std::lock_guard lock(database_->mutex());
    return select(" ORDER BY begun_at DESC LIMIT ?", {number(most)});
  }

  Outcome<std::vector<LostIssuance>> lost_issuances() override {
    const std::lock_guard lock(database_->mutex());
    std::vector<LostIssuance> lost;
    MADO_CHECK(database_->query("SELECT issuance, kiosk, outcome, settled_at FROM settled_unknown ORDER BY settled_at",
                                {}, [&](const store::Row& row) {
                                  lost.push_back({Id::from(row.blob(0)).value_or(Id{}), row.text(1), row.text(2),
                                                  Instant{row.integer(3)}});
                                }));
    return lost;
  }

 private:
  struct Unknown {
    Bytes application_digest;
    std::string kiosk;
  };
  Outcome<std::optional<Unknown>> settled_unknown(const Id& issuance) {
    std::optional<Unknown> found;
    MADO_CHECK(database_->query("SELECT application_digest, kiosk FROM settled_unknown WHERE issuance = ?",
                                {blob(issuance.view())},
                                [&](const store::Row& row) { found = Unknown{row.blob(0), row.text(1)}; }));
    return found;
  }
  Outcome<void> settle_unknown(const Id& issuance, ByteView application_digest, const std::string& kiosk,
                               const std::string& outcome, Instant at) {
    MADO_TRY(known, settled_unknown(issuance));
    if (!known) {
      return database_->write(
          "ledger_settled_unknown"_point,
          "INSERT INTO settled_unknown (issuance, application_digest, kiosk, outcome, settled_at) VALUES (?,?,?,?,?)",
          {blob(issuance.view()), blob(application_digest), kiosk, outcome, number(at.milliseconds)});
    }
    if (known->application_digest == to_bytes(application_digest) && known->kiosk == kiosk) return {};
    return refuse(Reason::certificate_not_ours, "the lost issuance is another kiosk's, or has another digest");
  }
  Outcome<void> move(CrashPoint point, std::string_view sql, const std::vector<store::Value>& values) {
    Outcome<void> done = database_->transaction(point, [&](store::Database::Writer& writer) -> Outcome<void> {
      MADO_CHECK(writer.run(sql, values));
      if (database_->changes() != 1) return not_in_state();
      return {};
    });
    return done;
  }
  Outcome<std::vector<IssuanceRow>> select(const std::string& rest, const std::vector<store::Value>& values) {
    std::vector<IssuanceRow> rows;
    MADO_CHECK(database_->query(std::string("SELECT ") + row_columns + " FROM issuance" + rest, values,
                                [&](const store::Row& row) { rows.push_back(row_of(row)); }));
    return rows;
  }

  std::unique_ptr<store::Database> database_;
};

// A ledger of before had no such column. What it had made and not confirmed is not confirmed by this program either.
Outcome<void> add_records_code(store::Database& database) {
  bool there = false;
  MADO_CHECK(database.query("SELECT 1 FROM pragma_table_info('issuance') WHERE name = 'records_code'", {},
                            [&](const store::Row&) { there = true; }));
  if (there) return {};
  return database.write("ledger_given_records_code"_point, "ALTER TABLE issuance ADD COLUMN records_code BLOB");
}
}  // namespace

Outcome<std::unique_ptr<IssuanceLedger>> open_issuance_ledger(const std::filesystem::path& file,
                                                              const Id& epoch_if_new) {
  MADO_TRY(database, store::Database::open("ledger_opened"_point, file, schema));
  MADO_CHECK(add_records_code(*database));
  MADO_CHECK(database->write("ledger_epoch"_point, "INSERT OR IGNORE INTO epoch (only, value) VALUES (1, ?)",
                             {blob(epoch_if_new.view())}));
  return std::make_unique<SqliteLedger>(std::move(database));
}

std::uint64_t number_leap(const Id& epoch) {
  constexpr std::uint64_t least_leap = 1'000'000;
  std::uint64_t drawn = 0;
  for (std::size_t i = 0; i < 4; ++i) drawn = drawn << 8 | epoch.bits[i];
  return least_leap * (1 + drawn);
}

Outcome<void> renew_epoch(const std::filesystem::path& file, const Id& epoch) {
  MADO_TRY(database, store::Database::open("ledger_opened_for_epoch"_point, file, schema));
  return database->transaction("ledger_epoch_renewed"_point, [&](store::Database::Writer& writer) -> Outcome<void> {
    MADO_TRY(next, next_number(*database));
    if (next > most_number - number_leap(epoch))
      return refuse(Reason::storage_failed, "the running numbers are used up: the ledger was restored too often");
    MADO_CHECK(writer.run("INSERT OR REPLACE INTO numbering (only, least) VALUES (1, ?)",
                          {number(next + number_leap(epoch))}));
    return writer.run("INSERT OR REPLACE INTO epoch (only, value) VALUES (1, ?)", {blob(epoch.view())});
  });
}

}  // namespace mado::ledger
