// What the adversary hears and keeps, and what it can read of it.
#include "simulator/adversary/adversary.hpp"

#include <algorithm>

#include "madoguchi/v1/center.pb.h"

namespace mado::simulator {

namespace {
constexpr std::size_t most_kept = 48;
constexpr std::string_view center = "/madoguchi.v1.Center/";
constexpr std::string_view city = "/madoguchi.v1.City/";

template <typename Held>
void keep_newest(std::deque<Held>& kept, Held held) {
  if (kept.size() == most_kept) kept.pop_front();
  kept.push_back(std::move(held));
}

bool is_inside_a_city(const std::string& name) { return name.starts_with("issuer"); }
bool is_kiosk(const std::string& name) { return name.starts_with("KIOSK"); }

// The envelope in a message, if it holds one.
template <typename Message>
std::string envelope_in(ByteView message) {
  const auto parsed = wire::parse<Message>(message, "message");
  return parsed ? parsed->sealed() : std::string();
}

std::string envelope_of(const std::string& method, ByteView message, bool is_answer) {
  if (method.starts_with(city))
    return is_answer ? envelope_in<v1::CityAnswer>(message) : envelope_in<v1::CityQuery>(message);
  if (method.ends_with("/Open"))
    return is_answer ? envelope_in<v1::OpenAnswer>(message) : envelope_in<v1::OpenQuery>(message);
  if (method.ends_with("/Apply"))
    return is_answer ? envelope_in<v1::ApplyAnswer>(message) : envelope_in<v1::ApplyQuery>(message);
  if (method.ends_with("/Confirm"))
    return is_answer ? envelope_in<v1::ConfirmAnswer>(message) : envelope_in<v1::ConfirmQuery>(message);
  return {};
}
}  // namespace

Adversary::Adversary(Surroundings& around, const Installation& installation)
    : around_(around),
      installation_(installation),
      random_(around.seed, "adversary"),
      session_key_(around.keys.crypto().make_signing_key(around.scheduler.now())),
      telling_{std::string(Page::heading)} {
  // A resident's number, which stands for the name as well, begins with the city's code and zeros (population.cpp).
  for (const auto& held : installation.cities) telling_.push_back(held.code + "0000");
}

bool Adversary::tells(ByteView bytes) const {
  return std::ranges::any_of(telling_, [&](const std::string& told) {
    return bytes.size() >= told.size() && memmem(bytes.data(), bytes.size(), told.data(), told.size()) != nullptr;
  });
}

void Adversary::looks_at(const std::string& where, const std::string& method, ByteView message, bool is_answer) {
  if (tells(message)) return around_.book.can_be_read(where, "a page or a menu goes over the line unsealed");
  const auto envelope = envelope_of(method, message, is_answer);
  if (envelope.empty()) return;
  const auto plain = around_.keys.crypto().open(view_of(envelope), *installation_.corrupt_city.receiving_key);
  if (plain && tells(plain->reveal())) around_.book.can_be_read(where, "another city opens an envelope of this one");
}

Adversary::Decision Adversary::hears_request(const std::string& from, const std::string& to, const std::string& method,
                                             const Bytes& request) {
  if (!is_inside_a_city(to)) around_.book.observe(from, to, method, request.size());
  looks_at(from + " to " + to, method, request, false);
  if (!is_kiosk(from)) return {};
  if (method == std::string(center) + "Open") {
    hears_opening(from, request);
  } else if (method == std::string(center) + "Apply") {
    hears_application(from, request);
  } else if (method == std::string(center) + "Confirm") {
    hears_confirmation(from, request);
  } else {
    return {};
  }
  return questions_.empty() ? Decision{} : decides(from, method);
}

// About the question that was kept last.
Adversary::Decision Adversary::decides(const std::string& kiosk, const std::string& method) {
  if (around_.faults.happens(Fault::forge_request)) asks_later();
  if (!around_.faults.happens(Fault::withhold)) return {};
  keep_newest(withheld_, questions_.back());
  return {true, random_.chance(0.5) ? answer_of_its_own(kiosk, method, {}) : std::nullopt};
}

void Adversary::hears_of_restore(const std::string& restored) {
  if (!around_.faults.enabled(Fault::forge_request)) return;
  for (const auto& question : questions_) {
    if (question.opening.session.opening.city() != restored) continue;
    around_.scheduler.after(random_.between(milliseconds{45'000}, milliseconds{120'000}), always_,
                            [this, question] { asks_with_fresh_check(question); });
  }
}

// What an honest center refused for a revoked card, a corrupt one asks all the same.
void Adversary::hears_refusal(const std::string& kiosk, Reason reason) {
  if (!is_kiosk(kiosk) || reason != Reason::card_revoked || !around_.faults.enabled(Fault::forge_request)) return;
  const auto opening = openings_.find(kiosk);
  if (opening == openings_.end()) return;
  const auto of_kiosk = [&](const HeardQuestion& question) {
    return question.opening.session.digest == opening->second.session.digest;
  };
  const auto newest = std::find_if(questions_.rbegin(), questions_.rend(), of_kiosk);
  if (newest != questions_.rend() && !around_.faults.stopped()) asks_with_fresh_check(*newest);
}

void Adversary::hears_opening(const std::string& kiosk, const Bytes& request) {
  const auto query = wire::parse<v1::OpenQuery>(request, "open query");
  if (!query) return;
  auto session = application::verify_opening(around_.keys.crypto(), *installation_.roster, view_of(query->opening()),
                                             view_of(query->endorsement()), around_.scheduler.now());
  if (!session) return;
  const auto challenge = challenges_.find(bytes_of(session->opening.challenge_digest()));
  const auto digest = session->digest;
  HeardOpening heard{std::move(*session), bytes_of(query->opening()), bytes_of(query->endorsement()),
                     challenge == challenges_.end() ? Bytes{} : challenge->second};
  openings_.insert_or_assign(kiosk, heard);
  keep({std::string(city) + "Menu", std::move(heard), digest, query->sealed()});
}

void Adversary::hears_application(const std::string& kiosk, const Bytes& request) {
  const auto query = wire::parse<v1::ApplyQuery>(request, "apply query");
  const auto opening = openings_.find(kiosk);
  if (!query || opening == openings_.end()) return;
  applications_[kiosk] = bytes_of(query->application_digest());
  keep({std::string(city) + "Apply", opening->second, applications_[kiosk], query->sealed()});
}

void Adversary::hears_confirmation(const std::string& kiosk, const Bytes& request) {
  const auto query = wire::parse<v1::ConfirmQuery>(request, "confirm query");
  const auto opening = openings_.find(kiosk);
  if (!query || opening == openings_.end()) return;
  confirmations_[kiosk] = bytes_of(query->confirmation_digest());
  keep({std::string(city) + "Confirm", opening->second, confirmations_[kiosk], query->sealed()});
}

void Adversary::keep(HeardQuestion question) { keep_newest(questions_, std::move(question)); }

void Adversary::hears_answer(const std::string& from, const std::string& to, const std::string& method,
                             Outcome<Bytes>& answer) {
  if (!is_inside_a_city(to))
    around_.book.observe(to, from, answer ? method : code_of(answer.error().reason), answer ? answer->size() : 0);
  if (!answer) return hears_refusal(from, answer.error().reason);
  looks_at(to + " to " + from, method, *answer, true);
  if (to == "jpki") keep_newest(ocsp_answers_, *answer);
  if (!is_kiosk(from)) return;
  if (method == std::string(center) + "GetChallenge") {
    if (const auto parsed = wire::parse<v1::ChallengeAnswer>(*answer, "challenge answer"))
      challenges_[around_.keys.crypto().digest(view_of(parsed->challenge()))] = bytes_of(parsed->challenge());
  }
  const auto own =
      around_.faults.happens(Fault::forge_answer) ? answer_of_its_own(from, method, *answer) : std::nullopt;
  keep_newest(answers_, HeardAnswer{from, method, *answer});
  if (own) *answer = *own;
}

}  // namespace mado::simulator
