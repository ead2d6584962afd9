#include "simulator/swarm/scenario.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "simulator/swarm/world.hpp"

namespace mado::simulator {

namespace {
constexpr int causes = 6;  // v1::Suppression
constexpr double twin_share = 0.15;
}  // namespace

Scenario Scenario::of_seed(std::uint64_t seed) {
  Random random(seed, "scenario");
  Scenario scenario;
  scenario.seed = seed;
  scenario.cities = static_cast<int>(random.between(std::int64_t{1}, std::int64_t{3}));
  scenario.issuers = static_cast<int>(random.between(std::int64_t{1}, std::int64_t{3}));
  scenario.centers = static_cast<int>(random.between(std::int64_t{1}, std::int64_t{2}));
  scenario.kiosks = static_cast<int>(random.between(std::int64_t{2}, std::int64_t{6}));
  scenario.minutes = static_cast<int>(random.between(std::int64_t{10}, std::int64_t{40}));
  scenario.cause = static_cast<int>(random.between(std::int64_t{1}, std::int64_t{causes}));
  scenario.twin = random.chance(twin_share);
  return scenario;
}

void Tally::add(const Tally& other) {
  runs += other.runs;
  twins += other.twins;
  events += other.events;
  applications += other.applications;
  certificates += other.certificates;
  sheets += other.sheets;
  handed_over += other.handed_over;
  refusals += other.refusals;
  cases += other.cases;
  crashes += other.crashes;
  deliveries += other.deliveries;
  editions += other.editions;
  for (std::size_t i = 0; i < of_kind.size(); ++i) of_kind[i] += other.of_kind[i];
  for (std::size_t i = 0; i < fault_count; ++i) faults[i] += other.faults[i];
}

namespace {
RunResult run_once(const Scenario& scenario, bool keep_trace) {
  Trace trace(keep_trace);
  World world(scenario, trace);
  world.run();
  return {world.violation(), world.tally(), trace.digest(), trace.view_digest(), trace.lines(), trace.view()};
}

Violation told_apart(const Scenario& scenario, const Scenario& twin) {
  const auto one = run_once(scenario, true).view;
  const auto other = run_once(twin, true).view;
  const auto [left, right] = std::ranges::mismatch(one, other);
  return {"I13", "two runs that differ only in a sensitive cause give kiosk, relay and center equal views",
          fmt::format("cause {} gives \"{}\", cause {} \"{}\"", scenario.cause, left == one.end() ? "an end" : *left,
                      twin.cause, right == other.end() ? "an end" : *right)};
}

// Whether the cause of a run can come to anything: in 住民記録, or in 戸籍 and 附票.
bool has_causes(const Scenario& scenario) {
  const Faults faults(scenario.seed, scenario.without);
  return faults.enabled(Fault::suppress) || faults.enabled(Fault::keep_back);
}
}  // namespace

RunResult run(const Scenario& scenario, bool keep_trace) {
  auto result = run_once(scenario, keep_trace);
  if (result.violation || !scenario.twin || !has_causes(scenario)) return result;
  auto twin = scenario;
  twin.cause = scenario.cause % causes + 1;
  ++result.tally.twins;
  if (run_once(twin, false).view_digest != result.view_digest) result.violation = told_apart(scenario, twin);
  return result;
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
