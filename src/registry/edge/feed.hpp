// The change feed (異動連携): numbered changes of a city's systems, acknowledged when they are on disk and hold for
// every question.
#pragma once

#include "registry/core/feed_rules.hpp"
#include "registry/edge/registers.hpp"

namespace mado::registry {

// Thread-safe. The sources are those of Registers::fed_by.
class Feed {
 public:
  explicit Feed(Registers& registers) : registers_(registers) {}

  // `peer` is the caller, authenticated by the line. Refusals: those of source_of; input_invalid if changes before it
  // are missing, if the number was applied with another content, or if the registers refuse what it says. The source is
  // then behind, and what depends on it is stopped until the missing number is applied. storage_failed.
  Outcome<v1::FeedAcknowledgement> apply(const v1::FeedChange& change, const std::string& peer, Instant now);
  // Refusals: peer_not_allowed, storage_failed.
  Outcome<v1::FeedPosition> position(const v1::FeedPositionQuery& query, const std::string& peer);
  // After a load from files that hold everything up to change `number` of `source`. Refusal: input_invalid for an
  // unknown source, and for a number below the one that was applied.
  Outcome<void> begin_at(const std::string& source, std::uint64_t number, Instant now);

 private:
  Outcome<SourceState> state_of(const std::string& source);
  Outcome<Bytes> applied(const std::string& source, std::uint64_t number);
  Outcome<void> note(const SourceState& state);
  Outcome<v1::FeedAcknowledgement> acknowledge(std::uint64_t number);
  Outcome<void> apply_next(const v1::FeedChange& change, const Bytes& digest, const SourceState& after, Instant now);
  Registers& registers_;
};

}  // namespace mado::registry
