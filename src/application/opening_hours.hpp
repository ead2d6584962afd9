// When a family of certificates may be had (利用時間), for each channel, by Japan's clock. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"

namespace mado::application {

// Where a citizen stands: a kiosk in a store (キオスク端末), or a city's own issuing machine (証明書発行機). The
// kiosk's device certificate says which.
enum class Channel { store, issuing_machine };

// Minutes after midnight in Japan: open from the first, closed from the second.
struct DayHours {
  int opens_at = 0;
  int closes_at = 24 * 60;

  bool contain(const JapanTime& time) const;
};

// A day that has hours of its own, although the channel would be closed (休日開庁日).
struct ExtraOpening {
  Day day;
  DayHours hours;
};

struct ChannelHours {
  DayHours hours = {};
  bool weekdays_only = false;  // Monday to Friday, without the city's holidays
  std::vector<ExtraOpening> openings = {};
};

struct ClosedDays {
  std::vector<std::chrono::month_day> every_year;
  std::vector<Day> once;

  bool contain(Day day) const;
};

// Certificates that open, close and are stopped together.
struct Family {
  std::string name;
  std::optional<ChannelHours> store = ChannelHours{};  // nothing: never to be had there
  std::optional<ChannelHours> issuing_machine = ChannelHours{};
  ClosedDays closed_days = {};

  // `holidays`: days that are no weekdays in this city, ascending.
  bool is_open(Channel channel, Instant now, const std::vector<Day>& holidays) const;
};

}  // namespace mado::application
