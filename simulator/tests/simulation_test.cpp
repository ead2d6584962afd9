// The simulator itself: a seed says everything, faults can be switched off one by one, and quiet runs serve everybody.
#include <gtest/gtest.h>

#include "simulator/swarm/scenario.hpp"

namespace mado::simulator {
namespace {

std::vector<Fault> every_fault() {
  std::vector<Fault> all;
  for (std::size_t i = 0; i < fault_count; ++i) all.push_back(static_cast<Fault>(i));
  return all;
}

TEST(ASeed, GivesTheSameRunTwice) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const auto first = run(Scenario::of_seed(seed), true);
    const auto second = run(Scenario::of_seed(seed), true);
    EXPECT_EQ(first.trace_digest, second.trace_digest) << "seed " << seed;
    EXPECT_EQ(first.trace, second.trace);
    EXPECT_EQ(first.tally.events, second.tally.events);
  }
}

TEST(ASeed, GivesTheSameRunWhetherItsTraceIsKeptOrNot) {
  EXPECT_EQ(run(Scenario::of_seed(3), true).trace_digest, run(Scenario::of_seed(3), false).trace_digest);
}

TEST(AnotherSeed, GivesAnotherRun) {
  EXPECT_NE(run(Scenario::of_seed(1), false).trace_digest, run(Scenario::of_seed(2), false).trace_digest);
}

TEST(ARunWithoutFaults, HandsOverWhatWasAppliedFor) {
  auto scenario = Scenario::of_seed(5);
  scenario.without = every_fault();
  const auto result = run(scenario, false);
  EXPECT_FALSE(result.violation) << result.violation->detail;
  EXPECT_GT(result.tally.applications, 10U);
  EXPECT_EQ(result.tally.handed_over, result.tally.applications);
  EXPECT_EQ(result.tally.crashes, 0U);
  EXPECT_EQ(result.tally.cases, 0U);
  EXPECT_EQ(result.tally.faults, FaultCounts{});
}

TEST(ATwin, ShowsTheSameOutsideTheCitiesWhateverTheCauseIs) {
  std::uint64_t compared = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    auto scenario = Scenario::of_seed(seed);
    scenario.minutes = 5;
    scenario.twin = true;
    const auto result = run(scenario, false);
    EXPECT_FALSE(result.violation) << "seed " << seed << ": " << result.violation->detail;
    compared += result.tally.twins;
  }
  EXPECT_GT(compared, 0U);
}

TEST(AFault, ComesOnlyIfItIsNotSwitchedOff) {
  std::uint64_t lost = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    auto scenario = Scenario::of_seed(seed);
    scenario.minutes = 5;
    lost += run(scenario, false).tally.faults[static_cast<std::size_t>(Fault::lose_request)];
    scenario.without = {Fault::lose_request};
    EXPECT_EQ(run(scenario, false).tally.faults[static_cast<std::size_t>(Fault::lose_request)], 0U);
  }
  EXPECT_GT(lost, 0U);
}

}  // namespace
}  // namespace mado::simulator
