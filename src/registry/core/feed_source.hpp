// The systems of a city that feed its registers.
#pragma once

#include <string>
#include <vector>

#include "base/instant.hpp"
#include "registry/core/words.hpp"

namespace mado::registry {

struct FeedSource {
  std::string name;  // as in FeedChange
  std::string peer;  // who may speak for it, by its certificate on the line
  // The registers that it feeds: what depends on them is stopped when it falls silent or a change is missing.
  std::vector<v1::RecordKind> records;
  bool tax = false;  // 宛名, 住登外, 賦課情報, 申告書
};

// How far a source has come.
struct SourceState {
  std::string name;
  std::uint64_t number = 0;  // the last change that was applied
  std::uint64_t seen = 0;    // the highest number that was ever offered; higher than `number`: something is missing
  Instant heard_at;          // when it last said anything, by its own clock, never later than ours
};

}  // namespace mado::registry
