#include "registry/core/feed_rules.hpp"

#include <algorithm>
#include <optional>

namespace mado::registry {

namespace {
constexpr std::uint64_t highest_number = std::uint64_t{1} << 62;

// The register that a change is about; nothing for a heartbeat, and for tax.
std::optional<v1::RecordKind> record_of(const v1::FeedChange& change) {
  switch (change.change_case()) {
    case v1::FeedChange::kHousehold:
    case v1::FeedChange::kLeaving:
    case v1::FeedChange::kEnd:
      return v1::RECORD_KIND_UNSPECIFIED;
    case v1::FeedChange::kSeal:
      return v1::RECORD_KIND_SEAL;
    case v1::FeedChange::kSuppression:
      return change.suppression().record();
    case v1::FeedChange::kCard:
      return change.card().family_register_only() ? v1::RECORD_KIND_FAMILY_REGISTER : v1::RECORD_KIND_UNSPECIFIED;
    case v1::FeedChange::kFamilyRegister:
    case v1::FeedChange::kNotice:
      return v1::RECORD_KIND_FAMILY_REGISTER;
    case v1::FeedChange::kSupplement:
      return v1::RECORD_KIND_SUPPLEMENT;
    default:
      return std::nullopt;
  }
}

bool is_about_tax(const v1::FeedChange& change) {
  return change.has_addressee() || change.has_tax_record() || change.has_declaration();
}
}  // namespace

FeedVerdict judge(const SourceState& state, std::uint64_t number, bool is_heartbeat, const Bytes& applied,
                  const Bytes& digest) {
  if (is_heartbeat) {
    if (number > state.number) return FeedVerdict::gap;
    return number == state.number ? FeedVerdict::heartbeat : FeedVerdict::behind;
  }
  if (number <= state.number) return applied == digest ? FeedVerdict::repeat : FeedVerdict::differs;
  return number == state.number + 1 ? FeedVerdict::apply : FeedVerdict::gap;
}

Outcome<const FeedSource*> source_of(const v1::FeedChange& change, const std::string& peer,
                                     const std::vector<FeedSource>& sources) {
  if (change.change_case() == v1::FeedChange::CHANGE_NOT_SET)
    return refuse(Reason::message_malformed, "a feed's message holds no change");
  if ((change.number() == 0 && !change.has_heartbeat()) || change.number() > highest_number)
    return refuse(Reason::message_malformed, "a change has no number");
  const auto source = std::ranges::find(sources, change.source(), &FeedSource::name);
  if (source == sources.end() || source->peer != peer)
    return refuse(Reason::peer_not_allowed, "this peer does not speak for that source");
  const auto record = record_of(change);
  const bool feeds_it = change.has_heartbeat() || (is_about_tax(change) && source->tax) ||
                        (record && std::ranges::find(source->records, *record) != source->records.end());
  if (!feeds_it) return refuse(Reason::input_invalid, "the source does not feed the register that the change is about");
  return &*source;
}

Instant heard_at(const v1::FeedChange& change, Instant now) { return std::min(Instant{change.made_at()}, now); }

}  // namespace mado::registry
