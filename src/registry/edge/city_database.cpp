#include "registry/edge/city_database.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "registry/core/household_reading.hpp"
#include "registry/core/record_check.hpp"
#include "registry/edge/record_assembly.hpp"

namespace mado::registry {

namespace {
constexpr std::size_t longest_sql = 64 * 1024;
constexpr std::string_view image_file = "印影_ファイル";
constexpr std::string_view image_column = "印影";

struct Parameters {
  RecordFile file;
  int count;
};
constexpr std::array known_queries{Parameters{RecordFile::cards, 2},
                                   Parameters{RecordFile::residents, 1},
                                   Parameters{RecordFile::aliases, 1},
                                   Parameters{RecordFile::changes, 1},
                                   Parameters{RecordFile::seals, 1},
                                   Parameters{RecordFile::family_registers, 2},
                                   Parameters{RecordFile::family_register_persons, 1},
                                   Parameters{RecordFile::family_register_entries, 1},
                                   Parameters{RecordFile::supplements, 2},
                                   Parameters{RecordFile::supplement_persons, 1},
                                   Parameters{RecordFile::supplement_addresses, 1}};

// "cards": the name of the file without its ending.
std::string query_name(RecordFile file) {
  const auto name = name_of(file);
  return std::string(name.substr(0, name.find('.')));
}

Outcome<void> demand(std::string_view query, const std::string& why_not) {
  if (why_not.empty()) return {};
  return refuse(Reason::record_incomplete, fmt::format("the query {}: {}", query, why_not));
}
}  // namespace

CityQueries read_city_queries(operation::Settings& settings) {
  CityQueries queries;
  queries.address = settings.text("city_database.address");
  if (queries.address.find("password") != std::string::npos)
    settings.complain("city_database.address",
                      "must not hold a password: use a passfile, a certificate or the account's own name");
  for (const auto& query : known_queries) {
    const auto key = "city_database.sql." + query_name(query.file);
    const bool needed = query.file == RecordFile::cards || query.file == RecordFile::residents;
    if (!needed && !settings.has(key)) continue;
    queries.sql[query.file] = settings.text(key);
    if (queries.sql[query.file].size() > longest_sql) settings.complain(key, "must have at most 64 KiB");
  }
  queries.position = settings.text("city_database.sql.position", "");
  const auto together = [&](RecordFile whole, std::initializer_list<RecordFile> parts) {
    for (const auto part : parts) {
      if (queries.sql.contains(whole) != queries.sql.contains(part))
        settings.complain("city_database.sql." + query_name(part), "must stand together with " + query_name(whole));
    }
  };
  together(RecordFile::family_registers, {RecordFile::family_register_persons, RecordFile::family_register_entries});
  together(RecordFile::supplements, {RecordFile::supplement_persons, RecordFile::supplement_addresses});
  return queries;
}

Outcome<std::unique_ptr<CityDatabase>> CityDatabase::open(CityQueries queries) {
  MADO_TRY(database, store::Database::connect_read_only(queries.address));
  std::unique_ptr<CityDatabase> opened(new CityDatabase(std::move(queries), std::move(database)));
  MADO_CHECK(opened->check_shapes());
  return opened;
}

Outcome<void> CityDatabase::check_shapes() {
  for (const auto& [file, sql] : queries_.sql) {
    const auto setting = fmt::format("setting \"city_database.sql.{}\"", query_name(file));
    const auto shape = database_->shape_of(sql);
    if (!shape) return refuse(Reason::configuration_invalid, setting + ": " + shape.error().cause);
    const auto expected = std::ranges::find(known_queries, file, &Parameters::file)->count;
    if (shape->parameters != expected)
      return refuse(Reason::configuration_invalid, fmt::format("{} must take {} parameters", setting, expected));
    auto names = columns_of(file).header();
    if (file == RecordFile::seals) std::ranges::replace(names, std::string(image_file), std::string(image_column));
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (i >= shape->columns.size() || shape->columns[i] != names[i])
        return refuse(Reason::configuration_invalid, fmt::format("{}: column {} must be {}", setting, i + 1, names[i]));
    }
    if (shape->columns.size() != names.size())
      return refuse(Reason::configuration_invalid, fmt::format("{} must have {} columns", setting, names.size()));
  }
  return {};
}

namespace {
// Rows as the city's queries give them, within one snapshot. Suppressions stand in the rows themselves.
class CityRows final : public ResidentRows {
 public:
  CityRows(const CityQueries& queries, store::Database& database, Instant now)
      : queries_(queries), database_(database), now_(now) {}

  Outcome<std::uint64_t> last_change() override {
    auto number = now_.milliseconds;
    if (!queries_.position.empty())
      MADO_CHECK(database_.query(queries_.position, {}, [&](const store::Row& row) { number = row.integer(0); }));
    return static_cast<std::uint64_t>(number);
  }
  Outcome<std::vector<ClaimedCard>> cards(const Bytes& issuer_key, const Bytes& serial) override;
  Outcome<void> find_household(const std::string& resident, v1::Household& household) override;
  Outcome<void> add_members(v1::Household&) override { return {}; }  // found with their household
  Outcome<std::vector<v1::Suppression>> suppressions(const std::string&, v1::RecordKind) override {
    return std::vector<v1::Suppression>{};
  }
  Outcome<void> find_seal(const v1::Resident& owner, v1::SealRegistration& seal) override;
  Outcome<void> find_family_register(const CardHolder& holder, v1::FamilyRegister& record) override;
  Outcome<void> find_supplement(const CardHolder& holder, v1::RegisterSupplement& record) override;

 private:
  Outcome<BulkFile> rows(RecordFile file, const std::vector<store::Value>& parameters);
  const CityQueries& queries_;
  store::Database& database_;
  Instant now_;
};

// The answer to a query in the form of the file of its name, and so under its rules and bounds.
Outcome<BulkFile> CityRows::rows(RecordFile file, const std::vector<store::Value>& parameters) {
  const auto& names = columns_of(file).header();
  auto text = fmt::format("{}\n", fmt::join(names, ","));
  const auto sql = queries_.sql.find(file);
  if (sql == queries_.sql.end()) return BulkFile::of_text(std::move(text), file);
  MADO_CHECK(database_.query(sql->second, parameters, [&](const store::Row& row) {
    for (std::size_t i = 0; i < names.size(); ++i)
      text += (i == 0 ? "" : ",") + csv_field(names[i] == image_file ? "" : row.text(static_cast<int>(i)));
    text += "\n";
  }));
  return BulkFile::of_text(std::move(text), file);
}

Outcome<std::vector<ClaimedCard>> CityRows::cards(const Bytes& issuer_key, const Bytes& serial) {
  MADO_TRY(found, rows(RecordFile::cards, {to_hex(issuer_key), to_hex(serial)}));
  std::vector<ClaimedCard> claims;
  while (true) {
    MADO_TRY(line, next_card(*found.reader()));
    if (!line) return claims;
    auto resident = line->card.family_register_only ? std::string{} : line->card.person;
    claims.push_back({std::move(line->card), std::move(resident), true});
  }
}

Outcome<void> CityRows::find_household(const std::string& resident, v1::Household& household) {
  MADO_TRY(residents, rows(RecordFile::residents, {resident}));
  MADO_TRY(aliases, rows(RecordFile::aliases, {resident}));
  MADO_TRY(changes, rows(RecordFile::changes, {resident}));
  while (true) {
    MADO_TRY(row, next_whole_resident(residents, aliases, changes));
    if (!row) break;
    if (household.number().empty()) {
      household.set_number(row->household);
      household.set_address(row->address);
    }
    if (household.number() != row->household || household.address() != row->address)
      return residents.fault(row->line, "世帯番号", "another household than the row before");
    *household.add_members() = std::move(row->resident);
  }
  MADO_CHECK(aliases.finish("residents"));
  MADO_CHECK(changes.finish("residents"));
  if (household.number().empty()) return {};
  return demand("residents", why_no_household(household));
}

Outcome<void> CityRows::find_seal(const v1::Resident& owner, v1::SealRegistration& seal) {
  const auto sql = queries_.sql.find(RecordFile::seals);
  if (sql == queries_.sql.end()) return {};
  MADO_TRY(seals, rows(RecordFile::seals, {owner.number()}));
  RowOf<v1::SealRegistration> row;
  MADO_TRY(there_is_one, seals.next(row));
  if (!there_is_one) return {};
  if (seals.reader()->next_key() != nullptr || row.keys[0] != owner.number())
    return refuse(Reason::record_incomplete, "the query seals: must give one row, of the resident asked for");
  const auto& names = columns_of(RecordFile::seals).header();
  const auto at = static_cast<int>(std::ranges::find(names, image_file) - names.begin());
  MADO_CHECK(database_.query(sql->second, {owner.number()},
                             [&](const store::Row& found) { row.record.set_image(string_of(found.blob(at))); }));
  MADO_CHECK(demand("seals", why_no_seal(row.record)));
  seal = std::move(row.record);
  seal.set_resident(row.keys[0]);
  return {};
}

Outcome<void> CityRows::find_family_register(const CardHolder& holder, v1::FamilyRegister& record) {
  MADO_TRY(registers, rows(RecordFile::family_registers, {holder.resident, holder.person}));
  const auto* number = registers.reader()->next_key();
  if (number == nullptr) return {};
  MADO_TRY(persons, rows(RecordFile::family_register_persons, {*number}));
  MADO_TRY(entries, rows(RecordFile::family_register_entries, {*number}));
  MADO_TRY(found, next_family_register(registers, persons, entries));
  MADO_CHECK(persons.finish("family_registers"));
  MADO_CHECK(entries.finish("family_registers"));
  if (registers.reader()->next_key() != nullptr)
    return refuse(Reason::record_incomplete, "somebody stands in two registers of one kind");
  record = std::move(found->record);
  return demand("family_registers", why_no_family_register(record));
}

Outcome<void> CityRows::find_supplement(const CardHolder& holder, v1::RegisterSupplement& record) {
  MADO_TRY(supplements, rows(RecordFile::supplements, {holder.resident, holder.person}));
  const auto* number = supplements.reader()->next_key();
  if (number == nullptr) return {};
  MADO_TRY(persons, rows(RecordFile::supplement_persons, {*number}));
  MADO_TRY(addresses, rows(RecordFile::supplement_addresses, {*number}));
  MADO_TRY(found, next_supplement(supplements, persons, addresses));
  MADO_CHECK(persons.finish("supplements"));
  MADO_CHECK(addresses.finish("supplements"));
  if (supplements.reader()->next_key() != nullptr)
    return refuse(Reason::record_incomplete, "somebody stands in two registers of one kind");
  record = std::move(found->record);
  return demand("supplements", why_no_supplement(record));
}
}  // namespace

Outcome<v1::HouseholdSnapshot> CityDatabase::read_household(const v1::HouseholdQuery& query, Instant now) {
  const std::lock_guard lock(database_->mutex());
  Outcome<v1::HouseholdSnapshot> answer;
  const auto read = database_->snapshot([&]() -> Outcome<void> {
    CityRows rows(queries_, *database_, now);
    answer = registry::read_household(rows, query, now);
    return {};
  });
  MADO_CHECK(read);
  // A row that no file may have is a record that cannot be used.
  if (!answer && answer.error().reason == Reason::input_invalid)
    return refuse(Reason::record_incomplete, answer.error().cause);
  return answer;
}

Outcome<std::uint64_t> CityDatabase::feed_position() {
  const std::lock_guard lock(database_->mutex());
  MADO_CHECK(database_->query("SELECT 1", {}, [](const store::Row&) {}));
  return CityRows(queries_, *database_, {}).last_change();
}

}  // namespace mado::registry
