#include "registry/edge/feed.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "trust/digest.hpp"
#include "wire/message.hpp"

namespace mado::registry {

namespace {
constexpr std::string_view keep_state =
    "INSERT INTO feed_source (source, number, seen, heard_at) VALUES (?, ?, ?, ?) ON CONFLICT (source) DO UPDATE SET "
    "number = excluded.number, seen = excluded.seen, heard_at = excluded.heard_at";

std::vector<store::Value> values_of(const SourceState& state) {
  return {state.name, static_cast<std::int64_t>(state.number), static_cast<std::int64_t>(state.seen),
          state.heard_at.milliseconds};
}

// Of what the change says; when it was made and sent is not part of it.
Bytes digest_of(const v1::FeedChange& change) {
  auto content = change;
  content.clear_made_at();
  const auto digest = trust::sha256(wire::serialise(content));
  wire::wipe_message(content);
  return {digest.begin(), digest.end()};
}

CardRow card_of(const v1::CardChange& change) {
  return {bytes_of(change.issuer_key()), bytes_of(change.serial()), bytes_of(change.public_key_digest()),
          change.person(), change.family_register_only()};
}

Outcome<void> apply_content(Registers::Change& registers, const v1::FeedChange& change) {
  switch (change.change_case()) {
    case v1::FeedChange::kHousehold:
      return registers.put_household(change.household().household());
    case v1::FeedChange::kSeal:
      return registers.put_seal(change.seal().resident(), change.seal().registration());
    case v1::FeedChange::kSuppression: {
      const auto& said = change.suppression();
      return said.in_force() ? registers.suppress(said.person(), said.record(), said.cause())
                             : registers.lift(said.person(), said.record(), said.cause());
    }
    case v1::FeedChange::kLeaving:
      return registers.set_leaving(change.leaving().resident(), change.leaving().leaving());
    case v1::FeedChange::kEnd:
      return registers.end_residence(change.end().resident(), change.end().state(), change.end().on());
    case v1::FeedChange::kCard:
      return change.card().withdrawn() ? registers.withdraw_card(card_of(change.card()))
                                       : registers.put_card(card_of(change.card()));
    case v1::FeedChange::kFamilyRegister:
      return registers.put_family_register(change.family_register());
    case v1::FeedChange::kSupplement:
      return registers.put_supplement(change.supplement());
    case v1::FeedChange::kNotice:
      return registers.set_notice(change.notice().family_register(), change.notice().pending());
    case v1::FeedChange::kAddressee:
      return registers.put_addressee(change.addressee());
    case v1::FeedChange::kTaxRecord:
      return registers.put_tax_record(change.tax_record());
    case v1::FeedChange::kDeclaration:
      return registers.put_declaration(change.declaration());
    default:
      return refuse(Reason::message_malformed, "a feed's message holds no change");
  }
}
}  // namespace

// The database's mutex is held by whoever calls this.
Outcome<SourceState> Feed::state_of(const std::string& source) {
  SourceState state{source, 0, 0, {}};
  MADO_CHECK(registers_.database().query("SELECT number, seen, heard_at FROM feed_source WHERE source = ?", {source},
                                         [&](const store::Row& row) {
                                           state.number = static_cast<std::uint64_t>(row.integer(0));
                                           state.seen = static_cast<std::uint64_t>(row.integer(1));
                                           state.heard_at = {row.integer(2)};
                                         }));
  return state;
}

Outcome<Bytes> Feed::applied(const std::string& source, std::uint64_t number) {
  Bytes digest;
  MADO_CHECK(registers_.database().query("SELECT digest FROM feed_change WHERE source = ? AND number = ?",
                                         {source, static_cast<std::int64_t>(number)},
                                         [&](const store::Row& row) { digest = row.blob(0); }));
  return digest;
}

Outcome<void> Feed::note(const SourceState& state) {
  const std::lock_guard lock(registers_.database().mutex());
  return registers_.database().write("feed_state_kept"_point, keep_state, values_of(state));
}

Outcome<v1::FeedAcknowledgement> Feed::acknowledge(std::uint64_t number) {
  MADO_TRY(position, registers_.feed_position());
  v1::FeedAcknowledgement acknowledgement;
  acknowledgement.set_number(number);
  acknowledgement.set_position(position);
  return acknowledgement;
}

Outcome<void> Feed::apply_next(const v1::FeedChange& change, const Bytes& digest, const SourceState& after,
                               Instant now) {
  return registers_.change("feed_applied"_point, now, [&](Registers::Change& registers) -> Outcome<void> {
    // Another node of the register may have been faster.
    MADO_TRY(state, state_of(after.name));
    if (state.number + 1 != change.number()) return refuse(Reason::busy, "the source sends to two nodes at once");
    MADO_CHECK(apply_content(registers, change));
    MADO_CHECK(registers.writer().run(
        "INSERT INTO feed_change (source, number, digest, change, made_at) VALUES (?, ?, ?, ?, ?)",
        {after.name, static_cast<std::int64_t>(after.number), digest, static_cast<std::int64_t>(registers.number()),
         change.made_at()}));
    return registers.writer().run(keep_state, values_of(after));
  });
}

Outcome<v1::FeedAcknowledgement> Feed::apply(const v1::FeedChange& change, const std::string& peer, Instant now) {
  MADO_TRY(source, source_of(change, peer, registers_.sources()));
  const auto digest = digest_of(change);
  SourceState state;
  Bytes before;
  {
    const std::lock_guard lock(registers_.database().mutex());
    MADO_TRY(read, state_of(source->name));
    MADO_TRY(found, applied(source->name, change.number()));
    state = std::move(read);
    before = std::move(found);
  }
  const auto verdict = judge(state, change.number(), change.has_heartbeat(), before, digest);
  state.heard_at = std::max(state.heard_at, heard_at(change, now));
  state.seen = std::max(state.seen, change.number());
  switch (verdict) {
    case FeedVerdict::repeat:
    case FeedVerdict::heartbeat:
      MADO_CHECK(note(state));
      return acknowledge(change.number());
    case FeedVerdict::differs:
      return refuse(Reason::input_invalid, "this number was applied with another content");
    case FeedVerdict::behind:
      return refuse(Reason::input_invalid,
                    fmt::format("change {} was applied already: the source is behind", state.number));
    case FeedVerdict::gap:
      MADO_CHECK(note(state));
      return refuse(Reason::input_invalid, fmt::format("change {} has not come", state.number + 1));
    case FeedVerdict::apply:
      break;
  }
  auto after = state;
  after.number = change.number();
  if (const auto done = apply_next(change, digest, after, now); !done) {
    // What was offered and could not be applied is missing from now on.
    MADO_CHECK(note(state));
    return std::unexpected(done.error());
  }
  return acknowledge(change.number());
}

Outcome<v1::FeedPosition> Feed::position(const v1::FeedPositionQuery& query, const std::string& peer) {
  const auto& sources = registers_.sources();
  const auto source = std::ranges::find(sources, query.source(), &FeedSource::name);
  if (source == sources.end() || source->peer != peer)
    return refuse(Reason::peer_not_allowed, "this peer does not speak for that source");
  const std::lock_guard lock(registers_.database().mutex());
  MADO_TRY(state, state_of(query.source()));
  v1::FeedPosition position;
  position.set_number(state.number);
  return position;
}

Outcome<void> Feed::begin_at(const std::string& source, std::uint64_t number, Instant now) {
  const auto& sources = registers_.sources();
  if (std::ranges::find(sources, source, &FeedSource::name) == sources.end())
    return refuse(Reason::input_invalid, fmt::format("no source is called {}", source));
  SourceState state;
  {
    const std::lock_guard lock(registers_.database().mutex());
    MADO_TRY(read, state_of(source));
    state = std::move(read);
  }
  if (number < state.number)
    return refuse(Reason::input_invalid, fmt::format("change {} was applied already", state.number));
  state.number = number;
  state.seen = std::max(state.seen, number);
  state.heard_at = now;
  return note(state);
}

}  // namespace mado::registry
