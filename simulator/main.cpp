// madoguchi-simulate: runs seeds, or one seed with its trace; exit 1 if an invariant did not hold.
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>

#include "operation/arguments.hpp"
#include "simulator/swarm/campaign.hpp"

int main(int argc, char** argv) {
  using namespace mado;
  simulator::Campaign campaign;
  std::int64_t seed = 0;
  std::string seeds;
  std::int64_t hours = 0;
  std::vector<std::string> without;
  bool trace = false;
  operation::Arguments arguments("madoguchi-simulate", "The product's cores under a seeded scheduler, with faults.");
  arguments.optional("--seed", seed, 1, INT64_MAX, "Run this seed alone");
  arguments.optional("--seeds", seeds, "Run these seeds: A..B (1..200)");
  arguments.optional("--hours", hours, 1, 1000, "Run seeds from the first on for so long");
  arguments.optional("--minutes", campaign.minutes, 1, 60'000, "Run seeds from the first on for so long");
  arguments.optional("--json", campaign.json_file, "Write the summary to this file");
  arguments.optional("--until", campaign.until,
                     "Stop at the first run that violates this invariant; exit 1 if none does");
  arguments.optional("--without", without, "Switch these faults off");
  arguments.flag("--trace", trace, "Print what happened, line by line");
  arguments.flag("--steady", campaign.steady, "Leave the time that it took out of what is printed");
  arguments.flag("--real-crypto", campaign.real_crypto, "Real keys and signatures: slower");
  if (const auto code = arguments.parse({argv + 1, argv + argc})) return *code;
  campaign.program = std::filesystem::path(argv[0]).filename();
  campaign.minutes += hours * 60;
  campaign.trace = trace;
  if (seed != 0) campaign.first = campaign.last = static_cast<std::uint64_t>(seed);
  if (!seeds.empty() && !simulator::parse_seeds(seeds, campaign)) {
    fmt::print(stderr, "madoguchi-simulate: --seeds must be A..B with 1 <= A <= B\n");
    return 2;
  }
  for (const auto& name : without) {
    const auto fault = simulator::fault_of(name);
    if (!fault) {
      fmt::print(stderr, "madoguchi-simulate: there is no fault {}\n", name);
      return 2;
    }
    campaign.without.push_back(*fault);
  }
  return simulator::run_campaign(campaign);
}
