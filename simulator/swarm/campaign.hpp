// Many seeds, one after the other: progress, the summary, and what to type for a failure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "simulator/swarm/faults.hpp"

namespace mado::simulator {

struct Campaign {
  std::uint64_t first = 1;
  std::uint64_t last = 200;
  std::int64_t minutes = 0;  // if not 0: seeds from `first` on until so much time has passed
  std::string json_file;
  std::string until;    // an invariant's name; if not empty: seeds are run until it is violated
  std::string program;  // as it was called
  std::vector<Fault> without;
  bool trace = false;
  bool steady = false;  // print nothing that depends on the machine
  bool real_crypto = false;
};

// "A..B" with 1 ≤ A ≤ B.
bool parse_seeds(const std::string& text, Campaign& campaign);
std::optional<Fault> fault_of(const std::string& name);

// 0: no invariant was violated; 1: one was. With `until` it is the other way round. Prints the summary on standard
// output, progress on standard error.
int run_campaign(const Campaign& campaign);

}  // namespace mado::simulator
