#include "simulator/swarm/faults.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace mado::simulator {

namespace {
struct Described {
  std::string_view name;
  double most;
};
constexpr std::array<Described, fault_count> described{{
#define FAULT(name, most, text) {#name, most},
#include "simulator/swarm/faults.def"
#undef FAULT
}};
constexpr double switched_on_share = 0.4;
constexpr double quiet_share = 0.05;  // seeds in which nothing fails at all
}  // namespace

std::string_view name_of(Fault fault) { return described.at(static_cast<std::size_t>(fault)).name; }

Faults::Faults(std::uint64_t seed, const std::vector<Fault>& without) {
  Random random(seed, "swarm");
  const bool quiet = random.chance(quiet_share);
  for (std::size_t i = 0; i < fault_count; ++i) {
    streams_.emplace_back(seed, "fault " + std::string(described[i].name));
    const bool on = random.chance(switched_on_share) && !quiet;
    // Between a hundredth of the most and the most, evenly in the logarithm.
    const double rate = described[i].most * std::pow(10.0, -2.0 * random.fraction());
    if (on && std::ranges::find(without, static_cast<Fault>(i)) == without.end()) rates_[i] = rate;
  }
}

bool Faults::happens(Fault fault) {
  const auto i = static_cast<std::size_t>(fault);
  if (stopped_ || rates_[i] == 0 || !streams_[i].chance(rates_[i])) return false;
  ++counts_[i];
  return true;
}

std::vector<Fault> Faults::switched_on() const {
  std::vector<Fault> on;
  for (std::size_t i = 0; i < fault_count; ++i) {
    if (rates_[i] > 0) on.push_back(static_cast<Fault>(i));
  }
  return on;
}

}  // namespace mado::simulator
