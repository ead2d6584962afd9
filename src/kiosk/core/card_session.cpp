#include "kiosk/core/card_session.hpp"

#include "card/jpki.hpp"

namespace mado::kiosk {

std::optional<CardOnReader> CardSession::look(bool always) {
  const auto present = reader_.card_present();
  if (!present) return std::nullopt;
  if (!*present) card_.reset();
  if (!always && present_ == *present) return std::nullopt;
  present_ = *present;
  return CardOnReader{*present};
}

Outcome<bool> CardSession::card_present() {
  auto present = reader_.card_present();
  if (present) present_ = *present;
  return present;
}

Outcome<card::JpkiCard*> CardSession::begin() {
  if (!card_) {
    auto begun = card::JpkiCard::begin(reader_);
    if (!begun) return std::unexpected(std::move(begun.error()));
    card_.emplace(std::move(*begun));
  }
  return &*card_;
}

CardTries CardSession::ask_tries() {
  const auto ask = [&]() -> Outcome<int> {
    MADO_TRY(card, begin());
    MADO_TRY(tries, card->tries_left(card::jpki::authentication));
    return static_cast<int>(tries);
  };
  auto tries = ask();
  if (!tries) card_.reset();
  return CardTries{std::move(tries)};
}

CardRead CardSession::read(const Sensitive<std::string>& pin) {
  auto card = begin();
  if (!card) return {std::unexpected(card.error()), std::nullopt};
  if (auto verified = (*card)->verify(card::jpki::authentication, pin); !verified) {
    const auto tries = verified.error().tries_left;
    if (verified.error().refusal.reason != Reason::pin_wrong) card_.reset();
    return {std::unexpected(verified.error().refusal),
            tries ? std::optional<int>(static_cast<int>(*tries)) : std::nullopt};
  }
  auto certificate = (*card)->read_certificate(card::jpki::authentication);
  if (!certificate) card_.reset();
  return {std::move(certificate), std::nullopt};
}

CardSigned CardSession::sign(ByteView digest_info) {
  if (!card_) return {refuse(Reason::card_removed_early, "the card's session has ended")};
  auto signature = card_->sign(card::jpki::authentication, digest_info);
  card_.reset();  // selects again, powers off
  return {std::move(signature)};
}

}  // namespace mado::kiosk
