// What the page is told on the screens of 利用登録申請, and the name of the city that is applied to.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "kiosk/core/session.hpp"

namespace mado::kiosk {

// The chosen city in the session's language; empty before one is chosen.
std::string city_of(const Session& session);

// The view of the session's screen, which is one of 利用登録申請 (docs/kiosk-screens.md).
boost::json::object registration_view(const Session& session);

}  // namespace mado::kiosk
