// The editions of a city's rules by the moments at which they take effect, and what one session is offered. Pure.
#pragma once

#include <memory>
#include <vector>

#include "application/rules.hpp"

namespace mado::application {

using Edition = std::shared_ptr<const OfferRules>;

// What one session (from its challenge to its last paper) is offered: by the edition with which it began, so that
// nothing changes under the citizen's hands. A stop of the edition in force now holds at once, for what was begun, too.
class Offer {
 public:
  Offer(Edition edition, Edition in_force, Channel channel, Instant begun)
      : edition_(std::move(edition)), in_force_(std::move(in_force)), channel_(channel), begun_(begun) {}

  const OfferRules& rules() const { return *edition_; }
  Channel channel() const { return channel_; }
  // Yen for one copy: that of the moment at which the session began.
  std::uint32_t fee_of(const KindRule& kind) const { return kind.fee_at(begun_); }
  // Whether a family's certificates may be had now. Refusals: outside_hours, stopped_for_now.
  Outcome<void> check_family(std::string_view name, Instant now) const;
  // Refusal: stopped_for_now. For what was applied for within its hours.
  Outcome<void> check_stops(std::string_view name, Instant now) const;
  // Whether any kind of this list may be had now. Refusals: those of the first kind if none may.
  Outcome<void> check_open(Instant now) const;

 private:
  Edition edition_;
  Edition in_force_;
  Channel channel_;
  Instant begun_;
};

class RuleBook {
 public:
  // In any order. Each is in force from its `effective` until that of the next; of two with the same moment, the higher
  // version.
  explicit RuleBook(std::vector<Edition> editions);

  // The edition in force at a moment; none before the first.
  Edition at(Instant moment) const;
  Edition of(std::uint64_t version) const;

  // What a session is offered that began (時刻: the challenge's) at `begun`. Refusal: outside_hours before the first
  // edition's moment.
  Outcome<Offer> offer(Channel channel, Instant begun, Instant now) const;
  // What a session may finish whose menu was made by edition `version`. Refusal: application_changed unless that was in
  // force at some time since `begun`.
  Outcome<Offer> finish(std::uint64_t version, Channel channel, Instant begun, Instant now) const;

 private:
  std::vector<Edition> editions_;  // by moment, then version
};

}  // namespace mado::application
