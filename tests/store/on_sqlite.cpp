#include "store/either_database.hpp"
#include "trust/temporary_directory.hpp"

namespace mado::store_tests {

Opener fresh() {
  auto directory = std::make_shared<trust::TemporaryDirectory>();
  return [directory](std::string_view schema) {
    return store::Database::open("test"_point, *directory / "a.db", schema).value();
  };
}

}  // namespace mado::store_tests
