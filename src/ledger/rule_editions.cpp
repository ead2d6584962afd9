#include "ledger/rule_editions.hpp"

#include <algorithm>
#include <optional>

#include "store/database.hpp"

namespace mado::ledger {

namespace {
constexpr const char* schema = R"sql(
CREATE TABLE IF NOT EXISTS rule_edition (
  version INTEGER PRIMARY KEY,
  effective_at INTEGER NOT NULL,
  loaded_at INTEGER NOT NULL,
  loaded_by TEXT NOT NULL,
  content TEXT NOT NULL
);
)sql";

class SqliteEditions final : public RuleEditions {
 public:
  explicit SqliteEditions(std::unique_ptr<store::Database> database) : database_(std::move(database)) {}

  Outcome<RuleEdition> append(RuleEdition edition) override {
    const std::lock_guard lock(database_->mutex());
    MADO_CHECK(database_->transaction("rules_loaded"_point, [&](store::Database::Writer& writer) -> Outcome<void> {
      MADO_TRY(known, count());
      if (known >= most_rule_editions)
        return refuse(Reason::storage_failed, "the ledger holds 1,000 editions of rules, which is all that it may");
      edition.version = known + 1;
      if (known > 0) edition.effective = std::max(edition.effective, edition.loaded + rule_edition_lead);
      return writer.run(
          "INSERT INTO rule_edition (version, effective_at, loaded_at, loaded_by, content) VALUES (?,?,?,?,?)",
          {static_cast<std::int64_t>(edition.version), edition.effective.milliseconds, edition.loaded.milliseconds,
           edition.loaded_by, edition.text});
    }));
    return edition;
  }

  Outcome<std::uint64_t> newest() override {
    const std::lock_guard lock(database_->mutex());
    return count();
  }

  Outcome<RuleEdition> read(std::uint64_t version) override {
    const std::lock_guard lock(database_->mutex());
    std::optional<RuleEdition> edition;
    MADO_CHECK(database_->query(
        "SELECT effective_at, loaded_at, loaded_by, content FROM rule_edition WHERE version = ?",
        {static_cast<std::int64_t>(version)}, [&](const store::Row& row) {
          edition = {version, Instant{row.integer(0)}, Instant{row.integer(1)}, row.text(2), row.text(3)};
        }));
    if (!edition) return refuse(Reason::storage_failed, "there is no edition of the rules " + std::to_string(version));
    return *edition;
  }

 private:
  Outcome<std::uint64_t> count() {
    std::int64_t newest = 0;
    MADO_CHECK(database_->query("SELECT coalesce(max(version), 0) FROM rule_edition", {},
                                [&](const store::Row& row) { newest = row.integer(0); }));
    return static_cast<std::uint64_t>(newest);
  }

  std::unique_ptr<store::Database> database_;
};
}  // namespace

Outcome<std::unique_ptr<RuleEditions>> open_rule_editions(const std::filesystem::path& file) {
  MADO_TRY(database, store::Database::open("rules_opened"_point, file, schema));
  return std::make_unique<SqliteEditions>(std::move(database));
}

}  // namespace mado::ledger
