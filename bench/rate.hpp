// issue.*: many kiosks at once.
#pragma once

#include <chrono>
#include <cstdint>

#include "bench/installation.hpp"
#include "bench/parties.hpp"

namespace mado::bench {

struct RateSettings {
  int kiosks = 8;                   // each on a thread of its own, with its own line; the installation has so many
  std::chrono::seconds warm_up{3};  // not counted
  std::chrono::seconds lasts{20};   // then no citizen begins any more; who has begun is served
  std::int64_t certificates = 0;    // > 0: exactly so many, in place of `lasts` and without a warm-up
};

// Prints issue.rate, .p50, .p99, .certificates, .refusals and cpu.certificate.PARTY. Refusals: those of opening a
// kiosk; the first that a citizen met, after the rows.
Outcome<void> measure_rate(const Installation& installation, const std::vector<Party>& parties,
                           const RateSettings& settings);

}  // namespace mado::bench
