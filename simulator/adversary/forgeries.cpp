// What the adversary says: to cities in the place of a center and a kiosk, to kiosks in the place of a center and a
// city.
#include "madoguchi/v1/center.pb.h"
#include "simulator/adversary/adversary.hpp"

namespace mado::simulator {

using trust::StatementType;

namespace {
constexpr const char* name = "adversary";
constexpr milliseconds soon{5'000};
constexpr milliseconds late{900'000};  // past a challenge's life
constexpr milliseconds deadline{30'000};
constexpr int sheets = 30;

void ignore(const Outcome<Bytes>&) {}
}  // namespace

void Adversary::asks_later() {
  // What it has heard just now, soon; or something older, at any time.
  if (random_.chance(0.5)) {
    around_.scheduler.after(random_.between(milliseconds{0}, soon), always_,
                            [this, question = questions_.back()] { asks(question); });
    return;
  }
  const auto& among = withheld_.empty() || random_.chance(0.3) ? questions_ : withheld_;
  around_.scheduler.after(random_.between(milliseconds{0}, late), always_,
                          [this, question = among[random_.below(among.size())]] { asks(question); });
}

void Adversary::asks(HeardQuestion question) {
  if (around_.faults.stopped()) return;
  const auto& other = questions_[random_.below(questions_.size())];
  switch (random_.below(6)) {
    case 0:
    case 1:  // once more, or for the first time if it was withheld
      return asks_with_fresh_check(question);
    case 2:  // without asking JPKI now
      if (!ocsp_answers_.empty()) asks_with_check(question, ocsp_answers_[random_.below(ocsp_answers_.size())]);
      return;
    case 3:  // one's envelope for another's
      question.sealed = other.sealed;
      return asks_with_fresh_check(question);
    case 4:  // by another method
      question.method = other.method;
      return asks_with_fresh_check(question);
    default:
      if (auto forged = forged_application(question.opening)) asks_with_fresh_check(*forged);
  }
}

void Adversary::asks_with_fresh_check(const HeardQuestion& question) {
  const auto request = around_.keys.crypto().ocsp_request(question.opening.session.card, question.subject);
  if (!request) return;
  around_.network.call(name, "jpki", "Status", *request, deadline, always_, [this, question](Outcome<Bytes> ocsp) {
    if (ocsp) asks_with_check(question, *ocsp);
  });
}

void Adversary::asks_with_check(const HeardQuestion& question, const Bytes& ocsp) {
  auto& crypto = around_.keys.crypto();
  const auto& center_key = *installation_.centers.front().key;
  const auto now = around_.scheduler.now();
  const auto& opening = question.opening.session.opening;
  v1::Check check;
  check.set_city(opening.city());
  check.set_kiosk(opening.kiosk());
  check.set_subject_digest(string_of(question.subject));
  check.set_ocsp_digest(string_of(crypto.digest(ocsp)));
  check.set_checked_at(now.milliseconds);
  v1::GuardGrant grant;
  grant.set_application_digest(string_of(question.subject));
  for (int i = 0; i < sheets; ++i) grant.add_sheets(string_of(crypto.random_id().view()));
  v1::CityQuery query;
  query.set_check(string_of(*crypto.sign(StatementType::check, wire::serialise(check), center_key, now)));
  query.set_ocsp(string_of(ocsp));
  query.set_grant(string_of(*crypto.sign(StatementType::guard_grant, wire::serialise(grant), center_key, now)));
  query.set_sealed(question.sealed);
  around_.network.call(name, "transfer-" + opening.city(), question.method, wire::serialise(query), deadline, always_,
                       ignore);
}

std::optional<HeardQuestion> Adversary::forged_application(const HeardOpening& opening) {
  auto& crypto = around_.keys.crypto();
  const auto& said = opening.session.opening;
  const auto now = around_.scheduler.now();
  // What the city offers is no secret.
  const auto rules = around_.book.rules_at(said.city(), Instant{said.expires_at()} + -application::challenge_life);
  if (!rules) return std::nullopt;
  const auto& rule = rules->kinds[random_.below(rules->kinds.size())];
  v1::Application application;
  application.set_opening_digest(string_of(opening.session.digest));
  application.set_issuance(string_of(crypto.random_id().view()));
  application.set_sequence(static_cast<std::uint32_t>(random_.between(std::int64_t{1}, std::int64_t{5})));
  application.set_city(said.city());
  application.set_kiosk(said.kiosk());
  application.set_kind(rule.kind);
  application.set_scope(rule.scopes.back());
  application.set_copies(1);
  application.set_fee(rule.fee);
  application.set_rules_version(rules->version);
  application.set_salt(string_of(crypto.random(32)));
  const auto statement = crypto.sign(StatementType::application, wire::serialise(application), *session_key_, now);
  // Its own kiosk endorses what an honest one has endorsed already.
  v1::Endorsement endorsement;
  endorsement.set_kiosk(random_.chance(0.5) ? installation_.corrupt_kiosk : said.kiosk());
  endorsement.set_opening_digest(string_of(opening.session.digest));
  const auto endorsed =
      crypto.sign(StatementType::endorsement, wire::serialise(endorsement), *installation_.corrupt_device, now);
  const auto roster_city = installation_.roster->city(said.city());
  if (!statement || !endorsed || !roster_city) return std::nullopt;
  v1::ApplicationBundle bundle;
  bundle.set_application(string_of(*statement));
  bundle.set_opening(string_of(opening.opening));
  bundle.set_endorsement(random_.chance(0.5) ? string_of(*endorsed) : string_of(opening.endorsement));
  bundle.set_challenge(string_of(opening.challenge));
  const auto sealed = crypto.seal(wire::serialise(bundle), view_of((*roster_city)->receiving_certificates(0)));
  if (!sealed) return std::nullopt;
  return HeardQuestion{"/madoguchi.v1.City/Apply", opening, crypto.digest(*statement), string_of(*sealed)};
}

// Acknowledgements of receipts are signed: those of other receipts, and of this one to another kiosk, are all it has.
std::optional<Bytes> Adversary::answer_of_its_own(const std::string& kiosk, const std::string& method,
                                                  const Bytes& answer) {
  if (method.ends_with("/Confirm") && random_.chance(0.5)) return forged_release(kiosk);
  std::vector<const Bytes*> same;
  std::vector<const Bytes*> others;
  for (const auto& heard : answers_) {
    if (heard.method == method && heard.answer != answer)
      (heard.kiosk == kiosk ? same : others).push_back(&heard.answer);
  }
  const auto& from = same.empty() || random_.chance(0.3) ? others : same;
  if (from.empty()) return std::nullopt;
  return *from[random_.below(from.size())];
}

// The other city says in this one's place that the page may be printed.
std::optional<Bytes> Adversary::forged_release(const std::string& kiosk) {
  auto& crypto = around_.keys.crypto();
  const auto opening = openings_.find(kiosk);
  const auto confirmation = confirmations_.find(kiosk);
  const auto application = applications_.find(kiosk);
  if (opening == openings_.end() || confirmation == confirmations_.end() || application == applications_.end())
    return std::nullopt;
  const auto now = around_.scheduler.now();
  v1::Release release;
  release.set_confirmation_digest(string_of(confirmation->second));
  release.set_application_digest(string_of(application->second));
  release.set_released_at(now.milliseconds);
  release.set_good_for(application::release_seconds);
  release.set_salt(string_of(crypto.random(32)));
  const auto said =
      crypto.sign(StatementType::release, wire::serialise(release), *installation_.corrupt_city.statement_key, now);
  if (!said) return std::nullopt;
  v1::CityReply reply;
  reply.set_statement(string_of(*said));
  const auto sealed = crypto.seal(wire::serialise(reply), opening->second.session.receiving_certificate);
  if (!sealed) return std::nullopt;
  v1::ConfirmAnswer answer;
  answer.set_sealed(string_of(*sealed));
  return wire::serialise(answer);
}

}  // namespace mado::simulator
