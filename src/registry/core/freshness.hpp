// How far a register may be believed (lessons.md, さいたま・新潟・熊本): a change that has not been heard of could stop
// a certificate.
#pragma once

#include "registry/core/feed_source.hpp"

namespace mado::registry {

// Of one register, by the sources that feed it: the oldest word of them, and the first change that is missing. A
// register that nobody feeds is its own source, and as fresh as the question. A source that was never heard was heard
// at 0.
v1::Freshness freshness_of(v1::RecordKind record, const std::vector<FeedSource>& sources,
                           const std::vector<SourceState>& states, Instant now);

}  // namespace mado::registry
