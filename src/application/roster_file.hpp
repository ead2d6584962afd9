// The roster (信頼簿) as a program finds it in files when it starts.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "application/roster.hpp"

namespace mado::application {

struct RosterFiles {
  std::filesystem::path roster;                    // a signed roster, at most 4 MiB
  std::vector<std::filesystem::path> authorities;  // certificates of the pinned roster keys, in PEM
  std::uint64_t lowest_version = 0;
};

struct PinnedRoster {
  std::vector<Bytes> authorities;  // X.509 in DER
  Bytes signed_roster;
  std::shared_ptr<const RosterBook> book;
};

// `setting` names the roster's file in refusals. Refusals: configuration_invalid for a file that cannot be read; else
// as RosterBook::read.
Outcome<PinnedRoster> load_roster(const RosterFiles& files, std::string_view setting, trust::Cryptography& crypto,
                                  Instant now);

}  // namespace mado::application
