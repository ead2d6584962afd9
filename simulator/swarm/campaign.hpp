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
  std::vector<Fault> without;
  bool trace = false;
  bool real_crypto = false;
};

// "A..B" with 1 ≤ A ≤ B.
bool parse_seeds(const std::string& text, Campaign& campaign);
std::optional<Fault> fault_of(const std::string& name);

// 0: no invariant was violated; 1: one was. Prints the summary on standard output, progress on standard error.
int run_campaign(const Campaign& campaign);

}  // namespace mado::simulator
