// What every simulated node lives in. One for a run.
#pragma once

#include <cstdint>

#include "simulator/city/population.hpp"
#include "simulator/invariants/book.hpp"
#include "simulator/network/network.hpp"
#include "simulator/scheduler/scheduler.hpp"
#include "simulator/swarm/faults.hpp"
#include "simulator/trust/keys.hpp"

namespace mado::simulator {

struct Surroundings {
  std::uint64_t seed;
  Scheduler& scheduler;
  Faults& faults;
  Network& network;
  Keys& keys;
  Population& population;
  Book& book;
};

}  // namespace mado::simulator
