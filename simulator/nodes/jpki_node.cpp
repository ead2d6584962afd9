#include "simulator/nodes/jpki_node.hpp"

namespace mado::simulator {

using jpki::RevocationReason;

namespace {
constexpr milliseconds most_until_revoked{60'000};
constexpr milliseconds most_until_again{120'000};
// Older than any party takes an answer for a new one.
constexpr milliseconds least_age{120'000};
constexpr milliseconds most_age{600'000};
}  // namespace

JpkiNode::JpkiNode(Surroundings& around) : Process(around, "jpki"), disk_(&around.faults) {
  for (const auto& card : around.population.cards()) certificates_[card->facts.serial] = {true, std::nullopt};
}

void JpkiNode::started() {
  around_.network.attach(name(), [this](const std::string&, Bytes request, Reply reply) {
    may_crash(Fault::crash_jpki);
    serve(request, reply);
  });
}

void JpkiNode::serve(ByteView request, const Reply& reply) {
  if (around_.faults.happens(Fault::jpki_down))
    return reply(refuse(Reason::check_unavailable, "the responder does not answer"));
  // A responder that lags: its answer is of then, and says so.
  const auto age = around_.faults.happens(Fault::jpki_lags) ? random_.between(least_age, most_age) : milliseconds{0};
  const auto produced = around_.scheduler.now() + -age;
  const auto standing_of = [&](const Bytes& serial) -> jpki::OcspStanding {
    const auto found = certificates_.find(serial);
    if (found == certificates_.end()) return {};
    auto standing = found->second;
    if (standing.revocation && produced < standing.revocation->at) standing.revocation.reset();
    if (auto* card = around_.population.card_of_serial(serial);
        card != nullptr && around_.faults.happens(Fault::revoke_card))
      revoke_later(*card);
    return standing;
  };
  reply(around_.keys.ocsp_answer(request, standing_of, produced));
}

RevocationReason JpkiNode::any_reason() {
  return random_.chance(0.5) ? RevocationReason::certificate_hold : static_cast<RevocationReason>(random_.below(6));
}

// And perhaps once more: a hold becomes final, a final revocation is asked for as a hold.
void JpkiNode::revoke_later(Card& card) {
  const auto times = random_.between(std::int64_t{1}, std::int64_t{3});
  for (std::int64_t time = 0; time < times; ++time) {
    const auto until = random_.between(milliseconds{0}, time == 0 ? most_until_revoked : most_until_again);
    around_.scheduler.after(until, office_, [this, &card, reason = any_reason()] { revoke(card, reason); });
  }
}

void JpkiNode::revoke(Card& card, RevocationReason reason) {
  auto& standing = certificates_.at(card.facts.serial);
  const auto decided = jpki::revoke(standing.revocation, reason, around_.scheduler.now());
  if (!decided) return around_.book.note(name(), "does not revoke", code_of(decided.error().reason));
  const auto done = disk_.commit([&] { standing.revocation = *decided; });
  if (done && !card.revoked) card.revoked = around_.scheduler.now();
}

}  // namespace mado::simulator
