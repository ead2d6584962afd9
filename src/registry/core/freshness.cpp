#include "registry/core/freshness.hpp"

#include <algorithm>

namespace mado::registry {

v1::Freshness freshness_of(v1::RecordKind record, const std::vector<FeedSource>& sources,
                           const std::vector<SourceState>& states, Instant now) {
  v1::Freshness freshness;
  freshness.set_record(record);
  auto heard_at = now;
  for (const auto& source : sources) {
    if (std::ranges::find(source.records, record) == source.records.end()) continue;
    const auto state = std::ranges::find(states, source.name, &SourceState::name);
    if (state == states.end()) {
      heard_at = {};
      continue;
    }
    heard_at = std::min(heard_at, state->heard_at);
    if (state->seen > state->number && freshness.missing_from() == 0) freshness.set_missing_from(state->number + 1);
  }
  freshness.set_heard_at(heard_at.milliseconds);
  return freshness;
}

}  // namespace mado::registry
