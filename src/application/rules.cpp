#include "application/rules.hpp"

#include <algorithm>

namespace mado::application {

std::uint32_t KindRule::fee_at(Instant moment) const {
  const auto holds = [&](const Campaign& campaign) { return campaign.from <= moment && moment < campaign.until; };
  const auto found = std::ranges::find_if(campaigns, holds);
  return found == campaigns.end() ? fee : found->fee;
}

const KindRule* OfferRules::find(v1::Kind kind) const {
  const auto found = std::ranges::find(kinds, kind, &KindRule::kind);
  return found == kinds.end() ? nullptr : &*found;
}

const Family* OfferRules::family(std::string_view name) const {
  const auto found = std::ranges::find(families, name, &Family::name);
  return found == families.end() ? nullptr : &*found;
}

Outcome<void> OfferRules::check_stops(std::string_view name, Instant now) const {
  for (const auto& stop : stops) {
    if (stop.family == name && stop.from <= now && now < stop.until)
      return refuse(Reason::stopped_for_now, stop.family + " is stopped: " + stop.reason);
  }
  return {};
}

Outcome<void> OfferRules::check_family(std::string_view name, Channel channel, Instant now) const {
  MADO_CHECK(check_stops(name, now));
  const auto* found = family(name);
  if (found == nullptr || !found->is_open(channel, now, holidays))
    return refuse(Reason::outside_hours, "closed at this minute or on this day: " + std::string(name));
  return {};
}

}  // namespace mado::application
