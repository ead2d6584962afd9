// What a simulated city offers: its rules, drawn by the seed. No two cities have the same kinds, scopes, options and
// fees.
#pragma once

#include "application/rules.hpp"
#include "simulator/scheduler/random.hpp"

namespace mado::simulator {

// The rules with which a city begins: open all day, nothing stopped.
application::OfferRules any_offer(const std::string& city, Random& random);

// Rules that are to follow some: another draw; now and then a family of them is closed, closes within the hour, or is
// stopped for a while. Takes effect around `now`, before it as well.
application::OfferRules any_next_offer(const std::string& city, Random& random, Instant now);

}  // namespace mado::simulator
