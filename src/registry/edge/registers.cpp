#include "registry/edge/registers.hpp"

#include "registry/core/freshness.hpp"
#include "registry/core/household_reading.hpp"
#include "registry/edge/tables.hpp"

namespace mado::registry {

namespace {
Outcome<std::int64_t> last_change_of(store::Database& database) {
  std::int64_t number = 0;
  MADO_CHECK(database.query("SELECT coalesce(max(number), 0) FROM change", {},
                            [&](const store::Row& row) { number = row.integer(0); }));
  return number;
}

// Rows as SQL finds them, within one snapshot of the database; what they mean is said in registry/core.
class StoredRows final : public ResidentRows {
 public:
  StoredRows(store::Database& database, const Tables& tables, const std::vector<FeedSource>& sources)
      : database_(database), tables_(tables), sources_(sources) {}

  Outcome<std::uint64_t> last_change() override {
    MADO_TRY(number, last_change_of(database_));
    return static_cast<std::uint64_t>(number);
  }
  Outcome<std::vector<ClaimedCard>> cards(const Bytes& issuer_key, const Bytes& serial) override;
  Outcome<void> find_household(const std::string& resident, v1::Household& household) override;
  Outcome<void> add_members(v1::Household& household) override;
  Outcome<std::vector<v1::Suppression>> suppressions(const std::string& person, v1::RecordKind record) override;
  Outcome<void> find_seal(const v1::Resident& owner, v1::SealRegistration& seal) override;
  Outcome<void> find_family_register(const CardHolder& holder, v1::FamilyRegister& record) override;
  Outcome<void> find_supplement(const CardHolder& holder, v1::RegisterSupplement& record) override;
  Outcome<void> tell_freshness(v1::Freshness& freshness, Instant now) override;

 private:
  // The number of the record in which somebody stands now; empty if there is none.
  Outcome<std::string> where_stands(const CardHolder& holder, v1::RecordKind record);
  Outcome<bool> lives_here(const std::string& resident);
  store::Database& database_;
  const Tables& tables_;
  const std::vector<FeedSource>& sources_;
};

Outcome<bool> StoredRows::lives_here(const std::string& resident) {
  MADO_TRY(record, tables_.resident.find(resident));
  if (!record) return false;
  MADO_TRY(read, message_of<v1::Resident>(*record));
  return read.state() == v1::RESIDENT_STATE_CURRENT;
}

Outcome<std::vector<ClaimedCard>> StoredRows::cards(const Bytes& issuer_key, const Bytes& serial) {
  std::vector<ClaimedCard> claims;
  MADO_CHECK(database_.query(
      "SELECT issuer_key, serial, public_key_digest, person, family_register_only FROM card WHERE issuer_key = ? AND "
      "serial = ? AND withdrawn = 0 ORDER BY person",
      {issuer_key, serial}, [&](const store::Row& row) {
        claims.push_back({{row.blob(0), row.blob(1), row.blob(2), row.text(3), row.integer(4) != 0}, {}, false});
      }));
  for (auto& claim : claims) {
    if (!claim.card.family_register_only) claim.resident = claim.card.person;
    if (claim.card.family_register_only) {
      MADO_CHECK(database_.query("SELECT resident FROM standing WHERE person = ? AND resident <> '' ORDER BY resident",
                                 {claim.card.person}, [&](const store::Row& row) { claim.resident = row.text(0); }));
    }
    if (claim.resident.empty() || claims.size() == 1) continue;
    MADO_TRY(here, lives_here(claim.resident));
    claim.lives_here = here;
  }
  return claims;
}

Outcome<void> StoredRows::find_household(const std::string& resident, v1::Household& household) {
  MADO_TRY(holder, tables_.resident.find(resident));
  if (!holder || holder->marks.part_of.empty()) return {};
  MADO_TRY(stored, tables_.household.find(holder->marks.part_of));
  if (!stored) return {};
  MADO_TRY(read, message_of<v1::Household>(*stored));
  household = std::move(read);
  return {};
}

Outcome<void> StoredRows::add_members(v1::Household& household) {
  Outcome<void> readable;
  MADO_CHECK(tables_.resident.each_part_of(household.number(), [&](const StoredRecord& record) {
    auto member = message_of<v1::Resident>(record);
    if (member) *household.add_members() = std::move(*member);
    if (!member) readable = std::unexpected(member.error());
  }));
  return readable;
}

Outcome<std::vector<v1::Suppression>> StoredRows::suppressions(const std::string& person, v1::RecordKind record) {
  std::vector<v1::Suppression> causes;
  MADO_CHECK(
      database_.query("SELECT cause FROM suppression WHERE person = ? AND record = ? AND lifted = 0 ORDER BY cause",
                      {person, std::int64_t{record}},
                      [&](const store::Row& row) { causes.push_back(static_cast<v1::Suppression>(row.integer(0))); }));
  return causes;
}

Outcome<void> StoredRows::find_seal(const v1::Resident& owner, v1::SealRegistration& seal) {
  MADO_TRY(stored, tables_.seal.find(owner.number()));
  if (!stored) return {};
  MADO_TRY(read, message_of<v1::SealRegistration>(*stored));
  seal = std::move(read);
  seal.set_name_changed(digest_of_names(owner) != stored->marks.known_as);
  return {};
}

Outcome<std::string> StoredRows::where_stands(const CardHolder& holder, v1::RecordKind record) {
  std::string found;
  bool several = false;
  const bool by_person = holder.resident.empty();
  MADO_CHECK(database_.query(
      by_person ? "SELECT number FROM standing WHERE person = ? AND record = ? AND removed = 0"
                : "SELECT number FROM standing WHERE resident = ? AND resident <> '' AND record = ? AND "
                  "removed = 0",
      {by_person ? holder.person : holder.resident, std::int64_t{record}}, [&](const store::Row& row) {
        several |= !found.empty();
        found = row.text(0);
      }));
  if (several) return refuse(Reason::record_incomplete, "somebody stands in two registers of one kind");
  return found;
}

Outcome<void> StoredRows::find_family_register(const CardHolder& holder, v1::FamilyRegister& record) {
  MADO_TRY(number, where_stands(holder, v1::RECORD_KIND_FAMILY_REGISTER));
  if (number.empty()) return {};
  MADO_TRY(stored, tables_.family_register.find(number));
  if (!stored) return refuse(Reason::record_incomplete, "a 戸籍 that somebody stands in is not in the register");
  MADO_TRY(read, message_of<v1::FamilyRegister>(*stored));
  record = std::move(read);
  return {};
}

Outcome<void> StoredRows::find_supplement(const CardHolder& holder, v1::RegisterSupplement& record) {
  MADO_TRY(number, where_stands(holder, v1::RECORD_KIND_SUPPLEMENT));
  if (number.empty()) return {};
  MADO_TRY(stored, tables_.supplement.find(number));
  if (!stored) return refuse(Reason::record_incomplete, "a 附票 that somebody stands in is not in the register");
  MADO_TRY(read, message_of<v1::RegisterSupplement>(*stored));
  record = std::move(read);
  return {};
}

Outcome<void> StoredRows::tell_freshness(v1::Freshness& freshness, Instant now) {
  std::vector<SourceState> states;
  MADO_CHECK(database_.query("SELECT source, number, seen, heard_at FROM feed_source", {}, [&](const store::Row& row) {
    states.push_back({row.text(0), static_cast<std::uint64_t>(row.integer(1)),
                      static_cast<std::uint64_t>(row.integer(2)), Instant{row.integer(3)}});
  }));
  freshness = freshness_of(freshness.record(), sources_, states, now);
  return {};
}
}  // namespace

Registers::Registers(std::unique_ptr<store::Database> database)
    : database_(std::move(database)), tables_(std::make_unique<Tables>(*database_)) {}
Registers::~Registers() = default;

Outcome<std::unique_ptr<Registers>> Registers::open(CrashPoint point, const std::filesystem::path& file) {
  MADO_TRY(database, store::Database::open(point, file, schema()));
  return std::make_unique<Registers>(std::move(database));
}

Outcome<std::unique_ptr<Registers>> Registers::connect(CrashPoint point, const std::string& address) {
  MADO_TRY(database, store::Database::connect(point, address, schema()));
  return std::make_unique<Registers>(std::move(database));
}

void Registers::fed_by(std::vector<FeedSource> sources) { sources_ = std::move(sources); }

Outcome<v1::HouseholdSnapshot> Registers::read_household(const v1::HouseholdQuery& query, Instant now) {
  const std::lock_guard lock(database_->mutex());
  Outcome<v1::HouseholdSnapshot> answer;
  MADO_CHECK(database_->snapshot([&]() -> Outcome<void> {
    StoredRows rows(*database_, *tables_, sources_);
    answer = registry::read_household(rows, query, now);
    return {};
  }));
  return answer;
}

Outcome<void> Registers::change(CrashPoint point, Instant now, const std::function<Outcome<void>(Change&)>& work) {
  const std::lock_guard lock(database_->mutex());
  return database_->transaction(point, [&](store::Database::Writer& writer) -> Outcome<void> {
    MADO_TRY(last, last_change_of(*database_));
    Change change(*this, writer, last + 1, now);
    MADO_CHECK(work(change));
    return writer.run("INSERT INTO change (number, made_at) VALUES (?, ?)", {last + 1, now.milliseconds});
  });
}

Outcome<std::uint64_t> Registers::feed_position() {
  const std::lock_guard lock(database_->mutex());
  MADO_TRY(position, last_change_of(*database_));
  return static_cast<std::uint64_t>(position);
}

}  // namespace mado::registry
