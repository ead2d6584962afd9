// Which options (記載事項の選択) go together, as the contract says beside each (statements.proto, Option).
#pragma once

#include <span>

#include "madoguchi/v1/statements.pb.h"
#include "wire/message.hpp"

namespace mado::application {

// The option beside which alone `option` may stand: a sheet for each person (個人票) for 異動履歴. Unspecified: it
// needs none.
v1::Option needed_beside(v1::Option option);

// Whether a certificate of this kind may show `option`, whatever else is chosen.
bool suits(v1::Kind kind, v1::Option option);

// Whether `option` may be chosen for this kind while `chosen` are.
bool may_choose(v1::Kind kind, v1::Option option, std::span<const v1::Option> chosen);

}  // namespace mado::application
