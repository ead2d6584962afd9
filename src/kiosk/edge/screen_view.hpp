// What the page is told of a session, and what it says: docs/kiosk-screens.md.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/core/session.hpp"

namespace mado::kiosk {

// The message for the session's present screen. It holds personal data: it goes to the page and is wiped.
std::string screen_message(const Session& session, std::chrono::seconds seconds_left, bool simulated_coins);

// The message of a kiosk that cannot serve.
std::string out_of_service_message(const Refusal& why, const std::string& telephone,
                                   const std::vector<std::string>& open_cases, const std::string& language);

// What the page said, or nothing if it is no message of ours (≤ 1 KiB): an object with an action, a word of a–z and _,
// and at most one other member, a text or a whole number.
std::optional<Pressed> parse_pressed(std::string_view text);

}  // namespace mado::kiosk
