// The editions of a city's rules as they were loaded, in the issuer's ledger: which text, by whom, when, from when on.
// So every node of the city has the same rules, and its history says whose they are. Nothing is changed or deleted.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "base/instant.hpp"
#include "base/refusal.hpp"

namespace mado::ledger {

inline constexpr std::uint64_t most_rule_editions = 1000;
// Between loading and taking effect: every node has seen an edition before it is in force.
inline constexpr std::chrono::seconds rule_edition_lead{1};

struct RuleEdition {
  std::uint64_t version = 0;  // 1, 2, 3 … in the order of loading
  Instant effective;          // from when it is in force
  Instant loaded;
  std::string loaded_by;
  std::string text;  // the file
};

class RuleEditions {
 public:
  virtual ~RuleEditions() = default;

  // Takes effect at `effective`; not before `loaded` + rule_edition_lead, unless it is the ledger's first. Refusal:
  // storage_failed, also beyond most_rule_editions.
  virtual Outcome<RuleEdition> append(RuleEdition edition) = 0;
  // How many there are, which is the newest version. Cheap.
  virtual Outcome<std::uint64_t> newest() = 0;
  // Refusal: storage_failed, also for a version that there is not.
  virtual Outcome<RuleEdition> read(std::uint64_t version) = 0;
};

// Of the ledger in `file`, which is made if there is none. Thread-safe.
Outcome<std::unique_ptr<RuleEditions>> open_rule_editions(const std::filesystem::path& file);

}  // namespace mado::ledger
