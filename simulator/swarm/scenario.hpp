// One run: what a seed draws, what became of it, and the smallest run that still fails in the same way.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "simulator/invariants/book.hpp"
#include "simulator/swarm/faults.hpp"

namespace mado::simulator {

struct Scenario {
  std::uint64_t seed = 1;
  int cities = 1;
  int issuers = 1;  // nodes of each city
  int centers = 1;
  int kiosks = 3;
  int minutes = 30;  // of virtual time until no more citizens come and nothing fails any more
  bool real_crypto = false;
  int cause = 1;               // why a resident is suppressed: v1::Suppression, 1–6
  bool twin = false;           // run once more with another cause: who is outside must see the same (I13)
  std::vector<Fault> without;  // faults that are switched off

  static Scenario of_seed(std::uint64_t seed);
};

struct Tally {
  std::uint64_t runs = 0;
  std::uint64_t twins = 0;  // runs that were compared with their twin (I13)
  std::uint64_t events = 0;
  std::uint64_t applications = 0;
  std::uint64_t certificates = 0;
  std::uint64_t sheets = 0;
  std::uint64_t handed_over = 0;
  std::uint64_t refusals = 0;  // ends on the screen "refused"
  std::uint64_t cases = 0;
  std::uint64_t crashes = 0;
  std::uint64_t deliveries = 0;
  std::uint64_t editions = 0;                               // of cities' rules that were loaded
  std::array<std::uint64_t, v1::Kind_ARRAYSIZE> of_kind{};  // certificates
  FaultCounts faults{};

  void add(const Tally& other);
};

struct RunResult {
  std::optional<Violation> violation;
  Tally tally;
  std::uint64_t trace_digest = 0;
  std::uint64_t view_digest = 0;   // of what can be observed outside the cities
  std::vector<std::string> trace;  // these two if they were kept
  std::vector<std::string> view;
};

// With its twin, if it has one.
RunResult run(const Scenario& scenario, bool keep_trace);

// Switches off what the failure does not need; each step keeps the invariant that fails.
Scenario shrink(const Scenario& failing, const std::string& invariant);

}  // namespace mado::simulator
