// The card and the chain within a session: what is asked of the card and of the center, and what an answer leads to.
#include "kiosk/core/session.hpp"

namespace mado::kiosk {

void Session::call(const std::string& method, Outcome<Bytes> request) {
  if (!request) return end_unpaid(std::move(request.error()));
  open_call_ = next_call_++;
  open_method_ = method;
  effects_.emplace_back(Call{open_call_, "/madoguchi.v1.Center/" + method, std::move(*request)});
}

void Session::ask_challenge() {
  step_ = "challenge";
  show(Screen::working);
  call("GetChallenge", chain_->challenge_query());
}

void Session::happened(const CallAnswered& event, Instant now) {
  if (event.call != open_call_) return;  // late, or of a call that was given up: it opens nothing (lesson 横浜)
  open_call_ = 0;
  if (open_method_ == "GetChallenge") {
    auto accepted = event.answer ? chain_->accept_challenge(*event.answer, now)
                                 : Outcome<void>(std::unexpected(event.answer.error()));
    if (!accepted) return end_unpaid(std::move(accepted.error()));
    show(Screen::card_on);
    effects_.emplace_back(WatchCard{true});
  } else if (open_method_ == "Open") {
    service_ == v1::SERVICE_DOMICILE_REGISTRATION ? accepted(event.answer, now) : opened(event.answer, now);
  } else if (open_method_ == "Apply") {
    applied(event.answer, now);
  } else if (open_method_ == "Confirm") {
    released(event.answer, now);
  }
}

bool Session::menu_was_shown() const {
  return screen_ != Screen::card_off && screen_ != Screen::refused && chain_->menu().kinds_size() > 0;
}

void Session::happened(const CardOnReader& event, Instant) {
  card_present_ = event.present;
  if (screen_ == Screen::card_on && event.present && !card_busy_) {
    card_busy_ = true;
    effects_.emplace_back(AskTries{});
  } else if ((screen_ == Screen::pin || (screen_ == Screen::working && card_busy_)) && !event.present) {
    card_busy_ = false;
    end_unpaid({Reason::card_removed_early, "the card was taken off before it had signed"});
  } else if (screen_ == Screen::card_off && !event.present) {
    show(after_card());
  } else if (event.present && menu_was_shown() && money_ <= Money::confirming) {
    // From the menu on the reader is empty (I11): a card put there again ends the session, also while an answer is on
    // its way.
    end_unpaid({Reason::card_left_on_reader, "a card was put on the reader during the session"});
  }
}

void Session::happened(const CardTries& event, Instant) {
  card_busy_ = false;
  if (screen_ != Screen::card_on) return;
  if (!event.tries_left) return end_unpaid(event.tries_left.error());
  if (*event.tries_left == 0) return end_unpaid({Reason::pin_blocked, "no tries remain"});
  tries_left_ = *event.tries_left;
  show(Screen::pin);
}

void Session::happened(const CardRead& event, Instant now) {
  if (screen_ != Screen::working || !card_busy_) return;
  if (!event.certificate) {
    card_busy_ = false;
    if (event.certificate.error().reason != Reason::pin_wrong) return end_unpaid(event.certificate.error());
    tries_left_ = event.tries_left.value_or(0);
    pin_wrong_ = true;
    if (tries_left_ == 0) return end_unpaid({Reason::pin_blocked, "the last try was wrong"});
    return show(Screen::pin);
  }
  auto prepared = chain_->prepare_opening(*event.certificate, now);
  if (!prepared) {
    card_busy_ = false;
    return end_unpaid(std::move(prepared.error()));
  }
  effects_.emplace_back(SignWithCard{std::move(*prepared)});
}

void Session::happened(const CardSigned& event, Instant now) {
  if (screen_ != Screen::working || !card_busy_) return;
  card_busy_ = false;
  if (!event.signature) return end_unpaid(event.signature.error());
  const bool registering = service_ == v1::SERVICE_DOMICILE_REGISTRATION;
  step_ = registering ? "register" : "check";
  effects_.emplace_back(Show{});
  call("Open", registering ? chain_->domicile_query(*event.signature, registration_, now)
                           : chain_->open_query(*event.signature, language_, now));
}

Screen Session::after_card() const {
  return service_ == v1::SERVICE_DOMICILE_REGISTRATION ? Screen::accepted : Screen::kind;
}

void Session::opened(const Outcome<Bytes>& answer, Instant now) {
  auto accepted = answer ? chain_->accept_menu(*answer, now) : Outcome<void>(std::unexpected(answer.error()));
  if (!accepted) return end_unpaid(std::move(accepted.error()));
  // Nothing goes on before the reader is empty; it is proved by asking the reader again.
  show(card_present_ ? Screen::card_off : after_card());
}

void Session::applied(const Outcome<Bytes>& answer, Instant now) {
  auto checked =
      answer ? chain_->accept_certificate(*answer, now) : Outcome<CheckedCertificate>(std::unexpected(answer.error()));
  if (!checked) return end_unpaid(std::move(checked.error()));
  certificate_ = std::move(*checked);
  issuance_numbers_ = certificate_->issuance_numbers;
  sheets_ = static_cast<std::uint32_t>(certificate_->sheets.size());
  start_paying(now);
}

void Session::released(const Outcome<Bytes>& answer, Instant now) {
  auto accepted = answer ? chain_->accept_release(*answer, now) : Outcome<void>(std::unexpected(answer.error()));
  if (!accepted) return end_unpaid(std::move(accepted.error()));
  take_money();
}

}  // namespace mado::kiosk
