// Faults as data: each has a name, and the most that its probability may be. A seed draws which are switched on and how
// often each comes (swarm testing): a run with everything at once hides what a run with three faults shows.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "simulator/scheduler/random.hpp"

namespace mado::simulator {

enum class Fault : std::uint8_t {
#define FAULT(name, most, text) name,
#include "simulator/swarm/faults.def"
#undef FAULT
};
inline constexpr std::size_t fault_count = 0
#define FAULT(name, most, text) +1
#include "simulator/swarm/faults.def"
#undef FAULT
    ;

std::string_view name_of(Fault fault);

using FaultCounts = std::array<std::uint64_t, fault_count>;

class Faults {
 public:
  // Draws the rates of `seed`, less those named in `without`.
  Faults(std::uint64_t seed, const std::vector<Fault>& without);

  // Whether the fault happens now. Counts it.
  bool happens(Fault fault);
  bool enabled(Fault fault) const { return rates_[static_cast<std::size_t>(fault)] > 0; }
  // From now on nothing fails any more: what is open must come to rest.
  void stop() { stopped_ = true; }
  bool stopped() const { return stopped_; }
  const FaultCounts& counts() const { return counts_; }
  std::vector<Fault> switched_on() const;

 private:
  std::array<double, fault_count> rates_{};
  std::vector<Random> streams_;  // one for each fault
  FaultCounts counts_{};
  bool stopped_ = false;
};

}  // namespace mado::simulator
