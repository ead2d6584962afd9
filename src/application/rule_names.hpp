// The words by which files and commands name what the contract numbers: "residence_certificate", "household".
#pragma once

#include <string_view>
#include <vector>

#include "madoguchi/v1/statements.pb.h"
#include "wire/message.hpp"

namespace mado::application {

// Each gives the contract's unspecified value for a word that is none.
v1::Kind kind_of(std::string_view name);
v1::Scope scope_of(std::string_view name);
v1::Option option_of(std::string_view name);
v1::Group group_of(std::string_view name);

// "unspecified" for what has no name.
std::string_view name_of(v1::Kind kind);
std::string_view name_of(v1::Scope scope);
std::string_view name_of(v1::Option option);
std::string_view name_of(v1::Group group);

// The ten kinds, in the contract's order.
std::vector<v1::Kind> all_kinds();

}  // namespace mado::application
