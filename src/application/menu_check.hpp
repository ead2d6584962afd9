// The bounds of a menu as its contract states them (statements.proto, Menu): a kiosk shows nothing beyond them.
#pragma once

#include "base/refusal.hpp"
#include "madoguchi/v1/statements.pb.h"
#include "wire/message.hpp"

namespace mado::application {

inline constexpr std::size_t longest_title = 120;     // bytes of UTF-8
inline constexpr std::size_t longest_telephone = 20;  // bytes

// Refusal: message_malformed, naming the field that is out of its bounds.
Outcome<void> check_menu(const v1::Menu& menu);

}  // namespace mado::application
