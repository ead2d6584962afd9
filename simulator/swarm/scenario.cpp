#include "simulator/swarm/scenario.hpp"

#include "simulator/swarm/world.hpp"

namespace mado::simulator {

Scenario Scenario::of_seed(std::uint64_t seed) {
  Random random(seed, "scenario");
  Scenario scenario;
  scenario.seed = seed;
  scenario.cities = static_cast<int>(random.between(std::int64_t{1}, std::int64_t{3}));
  scenario.issuers = static_cast<int>(random.between(std::int64_t{1}, std::int64_t{3}));
  scenario.centers = static_cast<int>(random.between(std::int64_t{1}, std::int64_t{2}));
  scenario.kiosks = static_cast<int>(random.between(std::int64_t{2}, std::int64_t{6}));
  scenario.minutes = static_cast<int>(random.between(std::int64_t{10}, std::int64_t{40}));
  return scenario;
}

void Tally::add(const Tally& other) {
  runs += other.runs;
  events += other.events;
  applications += other.applications;
  certificates += other.certificates;
  sheets += other.sheets;
  handed_over += other.handed_over;
  refusals += other.refusals;
  cases += other.cases;
  crashes += other.crashes;
  deliveries += other.deliveries;
  for (std::size_t i = 0; i < fault_count; ++i) faults[i] += other.faults[i];
}

RunResult run(const Scenario& scenario, bool keep_trace) {
  Trace trace(keep_trace);
  World world(scenario, trace);
  world.run();
  return {world.violation(), world.tally(), trace.digest(), trace.lines()};
}

namespace {
bool still_fails(const Scenario& scenario, const std::string& invariant) {
  const auto result = run(scenario, false);
  return result.violation && result.violation->invariant == invariant;
}

// Takes `smaller` for `best` if it fails as well.
bool try_smaller(Scenario& best, Scenario smaller, const std::string& invariant) {
  if (!still_fails(smaller, invariant)) return false;
  best = std::move(smaller);
  return true;
}
}  // namespace

Scenario shrink(const Scenario& failing, const std::string& invariant) {
  auto best = failing;
  for (const auto fault : Faults(failing.seed, {}).switched_on()) {
    auto smaller = best;
    smaller.without.push_back(fault);
    (void)try_smaller(best, std::move(smaller), invariant);
  }
  for (int Scenario::* number : {&Scenario::cities, &Scenario::issuers, &Scenario::centers, &Scenario::kiosks}) {
    while (best.*number > 1) {
      auto smaller = best;
      --(smaller.*number);
      if (!try_smaller(best, std::move(smaller), invariant)) break;
    }
  }
  while (best.minutes > 1) {
    auto smaller = best;
    smaller.minutes = best.minutes / 2;
    if (!try_smaller(best, std::move(smaller), invariant)) break;
  }
  return best;
}

}  // namespace mado::simulator
