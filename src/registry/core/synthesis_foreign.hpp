// What the record of a foreign resident has besides: 在留資格, 通称 and its history.
#pragma once

#include "madoguchi/v1/register.pb.h"
#include "registry/core/synthesis_person.hpp"

namespace mado::registry {

// Turns a record into a foreign resident's: `resident` has its dates already. `married`: to a Japanese resident.
void make_foreign(Making& making, const Human& human, bool married, v1::Resident& resident);

}  // namespace mado::registry
