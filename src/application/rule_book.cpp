#include "application/rule_book.hpp"

#include <algorithm>
#include <tuple>

namespace mado::application {

Outcome<void> Offer::check_stops(std::string_view name, Instant now) const {
  MADO_CHECK(edition_->check_stops(name, now));
  return in_force_->check_stops(name, now);
}

Outcome<void> Offer::check_family(std::string_view name, Instant now) const {
  MADO_CHECK(check_stops(name, now));
  return edition_->check_family(name, channel_, now);
}

Outcome<void> Offer::check_open(Instant now) const {
  Outcome<void> first = refuse(Reason::outside_hours, "nothing is offered");
  for (auto kind = edition_->kinds.begin(); kind != edition_->kinds.end(); ++kind) {
    auto open = check_family(kind->family, now);
    if (open) return {};
    if (kind == edition_->kinds.begin()) first = std::move(open);
  }
  return first;
}

RuleBook::RuleBook(std::vector<Edition> editions) : editions_(std::move(editions)) {
  std::ranges::sort(editions_, {},
                    [](const Edition& edition) { return std::tuple(edition->effective, edition->version); });
}

Edition RuleBook::at(Instant moment) const {
  const auto after =
      std::ranges::find_if(editions_, [&](const Edition& edition) { return edition->effective > moment; });
  return after == editions_.begin() ? nullptr : *std::prev(after);
}

Edition RuleBook::of(std::uint64_t version) const {
  const auto found = std::ranges::find(editions_, version, [](const Edition& edition) { return edition->version; });
  return found == editions_.end() ? nullptr : *found;
}

Outcome<Offer> RuleBook::offer(Channel channel, Instant begun, Instant now) const {
  const auto edition = at(begun);
  const auto in_force = at(std::max(begun, now));
  if (!edition) return refuse(Reason::outside_hours, "no edition of the rules was in force when the session began");
  return Offer{edition, in_force, channel, begun};
}

Outcome<Offer> RuleBook::finish(std::uint64_t version, Channel channel, Instant begun, Instant now) const {
  const auto edition = of(version);
  const auto took_effect_since = [&] {
    return begun < edition->effective && edition->effective <= now && at(edition->effective) == edition;
  };
  if (edition == nullptr || (at(begun) != edition && !took_effect_since()))
    return refuse(Reason::application_changed, "made under rules that were not in force since the session began");
  return Offer{edition, at(std::max(begun, now)), channel, begun};
}

}  // namespace mado::application
