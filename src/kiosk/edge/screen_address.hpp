// The addresses under which the kiosk's own page is asked for: its files, and the one that opens the WebSocket. Pure
// functions over what the browser sent.
#pragma once

#include <string_view>

namespace mado::kiosk {

// The name of a file in an HTTP request's target: "/kiosk.js?v=1" → "/kiosk.js". A view into `target`.
std::string_view file_of_target(std::string_view target);

// Whether `target` opens the screen: exactly "/screen?key=KEY". No key is set (`key` is empty): nothing opens it.
bool opens_screen(std::string_view target, std::string_view key);

}  // namespace mado::kiosk
