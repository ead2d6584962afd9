// What becomes of a change that a source sends: it is numbered, applied once, and a gap stops what depends on it.
#pragma once

#include "base/bytes.hpp"
#include "base/refusal.hpp"
#include "madoguchi/v1/feed.pb.h"
#include "registry/core/feed_source.hpp"

namespace mado::registry {

enum class FeedVerdict {
  apply,      // it is the next one
  repeat,     // it was applied, with this content
  differs,    // it was applied, with another content: one of the two sides was restored from a backup
  gap,        // changes before it have not come
  heartbeat,  // nothing to apply, nothing missing
  behind,     // a heartbeat that knows less than was applied: the source was restored
};

// `applied` is the digest under which this number was applied; empty if it was not.
FeedVerdict judge(const SourceState& state, std::uint64_t number, bool is_heartbeat, const Bytes& applied,
                  const Bytes& digest);

// The source that the change names, if this peer may speak for it and it feeds what the change is about.
// Refusals: message_malformed without a change or number; peer_not_allowed; input_invalid for a register that the
// source does not feed.
Outcome<const FeedSource*> source_of(const v1::FeedChange& change, const std::string& peer,
                                     const std::vector<FeedSource>& sources);

// When a source was heard: by its own clock, since a message may have waited on the way, but never in the future.
Instant heard_at(const v1::FeedChange& change, Instant now);

}  // namespace mado::registry
