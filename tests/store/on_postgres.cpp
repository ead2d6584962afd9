#include "store/either_database.hpp"
#include "store/postgres_server.hpp"

namespace mado::store_tests {

Opener fresh() {
  return [address = fresh_database()](std::string_view schema) {
    return store::Database::connect("test"_point, address, schema).value();
  };
}

}  // namespace mado::store_tests
