// A city's own PostgreSQL as the source of households: configured SQL reads views of it, at each question, in one
// snapshot. Nothing is copied, and nothing is ever written there.
#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "operation/settings.hpp"
#include "registry/edge/bulk_files.hpp"
#include "registry/edge/household_source.hpp"
#include "store/database.hpp"

namespace mado::registry {

// What each query takes as $1, $2, and what its columns are called, is in docs/registers.md: those of the file of the
// same name.
struct CityQueries {
  std::string address;  // as in store::Database::connect_read_only
  std::map<RecordFile, std::string> sql;
  std::string position;  // one number that grows with every change; empty: the time is taken for it
};
// Reads "city_database.address" and the table "city_database.sql". What is wrong is remembered by `settings`.
CityQueries read_city_queries(operation::Settings& settings);

class CityDatabase final : public HouseholdSource {
 public:
  // Connects, and asks the server for the shape of each query. Refusals: storage_failed; configuration_invalid for a
  // query that does not compile, or takes or gives something else, naming the setting.
  static Outcome<std::unique_ptr<CityDatabase>> open(CityQueries queries);

  // As Registers::read_household. What the rows hold is checked as a file's would be: record_incomplete, with query,
  // row and column.
  Outcome<v1::HouseholdSnapshot> read_household(const v1::HouseholdQuery& query, Instant now) override;
  Outcome<std::uint64_t> feed_position() override;

 private:
  CityDatabase(CityQueries queries, std::unique_ptr<store::Database> database)
      : queries_(std::move(queries)), database_(std::move(database)) {}
  Outcome<void> check_shapes();
  CityQueries queries_;
  std::unique_ptr<store::Database> database_;
};

}  // namespace mado::registry
