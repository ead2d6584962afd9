// Places of values in a statement: `?` as our SQL has it, `$1` as PostgreSQL does.
#pragma once

#include <string>
#include <string_view>

namespace mado::store {

// "… WHERE a = ? AND b = '?'" → "… WHERE a = $1 AND b = '?'". What stands in quotes is left as it is.
std::string with_numbered_places(std::string_view sql);

}  // namespace mado::store
