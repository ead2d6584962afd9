// What the items of a certificate are called on the screen (記載事項).
#pragma once

#include <string>

#include "madoguchi/v1/statements.pb.h"
#include "wire/message.hpp"

namespace mado::kiosk {

// In `language` ("ja", else English); empty for an option that this kiosk does not know.
std::string option_name(v1::Option option, const std::string& language);

}  // namespace mado::kiosk
