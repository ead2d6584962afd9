// What the service allows each kind of certificate, whatever a city's rules say: persons, items (mission.md, "Who").
#pragma once

#include <vector>

#include "madoguchi/v1/statements.pb.h"
#include "wire/message.hpp"

namespace mado::application {

struct KindLimits {
  v1::Kind kind;
  v1::Group group;                  // whom its scopes choose from
  std::vector<v1::Scope> scopes;    // ascending
  std::vector<v1::Option> options;  // ascending
};

// Nothing for the unspecified kind.
const KindLimits* limits_of(v1::Kind kind);

}  // namespace mado::application
