// The boundary of the issuing server (mission.md S7, S20): it is connected to its transfer server, to 住民記録 and to
// 税務, and to nothing else. The four boxes stay unticked.
#pragma once

#include "operation/settings.hpp"

namespace mado::issuer {

// Complains about every table of the settings that would connect the issuer to another system, and about a register's
// peer that is one of the systems that it must never reach.
void check_boundary(operation::Settings& settings);

}  // namespace mado::issuer
