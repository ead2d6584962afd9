// step.* and cpu.*: one kiosk alone, step by step.
#pragma once

#include "bench/installation.hpp"
#include "bench/parties.hpp"

namespace mado::bench {

// Prints the medians over `sessions` (> 0): step.STEP, what the clock on the wall says, and cpu.STEP.PARTY. Refusals:
// those of opening the kiosk; the first that a citizen met, and then no row is printed.
Outcome<void> measure_steps(const Installation& installation, const std::vector<Party>& parties, int sessions);

}  // namespace mado::bench
