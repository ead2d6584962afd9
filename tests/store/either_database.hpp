// Suites that both kinds of database keep to are written once. Each of two programs holds them, with one kind.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "store/database.hpp"

namespace mado::store_tests {

// Opens one and the same database of a test, each time it is called.
using Opener = std::function<std::unique_ptr<store::Database>(std::string_view schema)>;

// A new, empty database of the kind that this program is about.
Opener fresh();

}  // namespace mado::store_tests
