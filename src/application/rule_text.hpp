// How a rules file writes times: "06:30-23:00", "12-29", "2026-12-29", "2026-04-01T00:00". All of it is Japan's clock.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "application/opening_hours.hpp"

namespace mado::application {

// Nothing for anything else, for times that no day has ("24:00" ends a day), and for hours that end before they begin.
std::optional<DayHours> parse_day_hours(std::string_view text);

// "12-29": of any year, 02-29 too.
std::optional<std::chrono::month_day> parse_day_of_year(std::string_view text);

// "2026-04-01T00:00", or with seconds; of the years 2000 to 2199.
std::optional<Instant> parse_moment(std::string_view text);
// "2026-04-01T00:00:00": what parse_moment reads, if milliseconds are cut off.
std::string moment_text(Instant at);

}  // namespace mado::application
