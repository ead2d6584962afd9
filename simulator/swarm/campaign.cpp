#include "simulator/swarm/campaign.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <map>

#include "application/rule_names.hpp"
#include "simulator/swarm/scenario.hpp"

namespace mado::simulator {

namespace {
using std::chrono::steady_clock;
constexpr std::chrono::seconds say_every{10};

std::optional<std::uint64_t> number_of(std::string_view text) {
  std::uint64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || number == 0) return std::nullopt;
  return number;
}

double seconds_since(steady_clock::time_point begun) {
  return std::chrono::duration<double>(steady_clock::now() - begun).count();
}

Scenario scenario_of(const Campaign& campaign, std::uint64_t seed) {
  auto scenario = Scenario::of_seed(seed);
  scenario.without = campaign.without;
  scenario.real_crypto = campaign.real_crypto;
  return scenario;
}

struct Row {
  std::string_view name;
  std::uint64_t value;
};
std::vector<Row> rows_of(const Tally& tally, std::uint64_t violations) {
  return {{"seeds", tally.runs},
          {"twins compared", tally.twins},
          {"applications", tally.applications},
          {"certificates", tally.certificates},
          {"sheets", tally.sheets},
          {"handed over", tally.handed_over},
          {"refusals", tally.refusals},
          {"open cases", tally.cases},
          {"events", tally.events},
          {"deliveries", tally.deliveries},
          {"crashes", tally.crashes},
          {"editions of rules", tally.editions},
          {"violations", violations}};
}

void print_summary(const Tally& tally, std::uint64_t violations, std::uint64_t digest) {
  for (const auto& row : rows_of(tally, violations)) fmt::print("{:<24}{:>14}\n", row.name, row.value);
  fmt::print("\ncertificates of each kind\n");
  for (std::size_t kind = 1; kind < tally.of_kind.size(); ++kind)
    fmt::print("  {:<30}{:>6}\n", application::name_of(static_cast<v1::Kind>(kind)), tally.of_kind[kind]);
  fmt::print("\nfaults that happened\n");
  for (std::size_t i = 0; i < fault_count; ++i)
    fmt::print("  {:<22}{:>14}\n", name_of(static_cast<Fault>(i)), tally.faults[i]);
  fmt::print("\ndigest of the traces {:016x}\n", digest);
}

void write_json(const std::string& file, const Tally& tally, std::uint64_t violations, std::uint64_t digest,
                double took) {
  std::string text = "{";
  for (const auto& row : rows_of(tally, violations)) {
    std::string name(row.name);
    std::ranges::replace(name, ' ', '_');
    text += fmt::format("\"{}\": {}, ", name, row.value);
  }
  text += "\"faults\": {";
  for (std::size_t i = 0; i < fault_count; ++i)
    text += fmt::format("{}\"{}\": {}", i == 0 ? "" : ", ", name_of(static_cast<Fault>(i)), tally.faults[i]);
  text += fmt::format("}}, \"seconds\": {:.1f}, \"digest\": \"{:016x}\"}}\n", took, digest);
  std::ofstream(file) << text;
}

void print_failure(const Scenario& scenario, const Violation& violation) {
  fmt::print("seed {}: {} is violated: {}\n  {}\n", scenario.seed, violation.invariant, violation.detail,
             violation.sentence);
  const auto smallest = shrink(scenario, violation.invariant);
  const auto again = run(smallest, true);
  std::string without;
  for (const auto fault : smallest.without) without += fmt::format(" {}", name_of(fault));
  fmt::print("shortest run found: {} cities, {} issuers each, {} centers, {} kiosks, {} minutes; without{}\n",
             smallest.cities, smallest.issuers, smallest.centers, smallest.kiosks, smallest.minutes,
             without.empty() ? " nothing" : without);
  for (const auto& line : again.trace) fmt::print("  {}\n", line);
  fmt::print("again: script/simulate --seed {} --trace\n\n", scenario.seed);
}

// A mutant is called by what stands behind the program's name.
std::string_view name_of(const Campaign& campaign) {
  std::string_view name = campaign.program;
  constexpr std::string_view before = "madoguchi-simulate-";
  if (name.starts_with(before)) name.remove_prefix(before.size());
  return name;
}

// One line: where the invariant was violated first.
int search(const Campaign& campaign) {
  const auto begun = steady_clock::now();
  std::map<std::string, std::uint64_t> others;
  for (auto seed = campaign.first; seed <= campaign.last; ++seed) {
    const auto violation = run(scenario_of(campaign, seed), false).violation;
    if (!violation) continue;
    if (violation->invariant != campaign.until) {
      ++others[violation->invariant];
      continue;
    }
    fmt::print("{}: {} at seed {} ({} seeds, {:.1f} s): {}\n", name_of(campaign), campaign.until, seed,
               seed - campaign.first + 1, seconds_since(begun), violation->detail);
    return 0;
  }
  fmt::print("{}: {} not violated by seeds {}..{}", name_of(campaign), campaign.until, campaign.first, campaign.last);
  for (const auto& [name, count] : others) fmt::print("; {} {} times", name, count);
  fmt::print("\n");
  return 1;
}
}  // namespace

bool parse_seeds(const std::string& text, Campaign& campaign) {
  const auto dots = text.find("..");
  if (dots == std::string::npos) return false;
  const auto first = number_of(std::string_view(text).substr(0, dots));
  const auto last = number_of(std::string_view(text).substr(dots + 2));
  if (!first || !last || *last < *first) return false;
  campaign.first = *first;
  campaign.last = *last;
  return true;
}

std::optional<Fault> fault_of(const std::string& name) {
  for (std::size_t i = 0; i < fault_count; ++i) {
    if (name_of(static_cast<Fault>(i)) == name) return static_cast<Fault>(i);
  }
  return std::nullopt;
}

int run_campaign(const Campaign& campaign) {
  if (!campaign.until.empty()) return search(campaign);
  const auto begun = steady_clock::now();
  auto said = begun;
  Tally tally;
  std::uint64_t violations = 0;
  std::uint64_t digest = 0;
  const auto goes_on = [&](std::uint64_t seed) {
    if (campaign.minutes == 0) return seed <= campaign.last;
    return steady_clock::now() - begun < std::chrono::minutes{campaign.minutes};
  };
  for (auto seed = campaign.first; goes_on(seed); ++seed) {
    const auto scenario = scenario_of(campaign, seed);
    const auto result = run(scenario, campaign.trace);
    for (const auto& line : result.trace) fmt::print("{}\n", line);
    tally.add(result.tally);
    digest = (digest ^ result.trace_digest) * 0x100000001b3U;
    if (result.violation) {
      ++violations;
      print_failure(scenario, *result.violation);
    }
    if (steady_clock::now() - said > say_every) {
      said = steady_clock::now();
      fmt::print(stderr, "seed {}: {} applications, {} violations, {:.0f} s\n", seed, tally.applications, violations,
                 seconds_since(begun));
    }
  }
  const auto took = seconds_since(begun);
  print_summary(tally, violations, digest);
  if (!campaign.steady)
    fmt::print("{:.1f} s, {:.0f} applications/s\n", took,
               static_cast<double>(tally.applications) / std::max(took, 0.001));
  if (!campaign.json_file.empty()) write_json(campaign.json_file, tally, violations, digest, took);
  return violations == 0 ? 0 : 1;
}

}  // namespace mado::simulator
