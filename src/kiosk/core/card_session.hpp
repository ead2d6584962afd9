// What a kiosk does with the card on its reader, in its order: ask for the tries, offer the PIN, read the certificate,
// one signature, off (chain.md rule 2). Every function asks the card and returns when it has answered.
#pragma once

#include <optional>

#include "card/jpki_card.hpp"
#include "kiosk/core/session.hpp"

namespace mado::kiosk {

class CardSession {
 public:
  // `reader` must outlive it.
  explicit CardSession(card::Reader& reader) : reader_(reader) {}

  // Asks the reader once. Says whether a card lies there if that changed since the last answer, or if `always`;
  // nothing if the reader does not answer. A card that is gone has lost its session.
  std::optional<CardOnReader> look(bool always);
  // The same for the check before a session. Refusal: card_no_answer.
  Outcome<bool> card_present();

  // Powers the card unless it is.
  CardTries ask_tries();
  // PIN, then certificate. A wrong PIN leaves the card powered; any other refusal ends its session.
  CardRead read(const Sensitive<std::string>& pin);
  // Exactly one signature: whatever comes of it, the PIN is forgotten and the card powered off. Refusal:
  // card_removed_early if read() was not the step before.
  CardSigned sign(ByteView digest_info);
  // Powers the card off if it is powered.
  void let_go() { card_.reset(); }

 private:
  Outcome<card::JpkiCard*> begin();

  card::Reader& reader_;
  std::optional<card::JpkiCard> card_;
  std::optional<bool> present_;
};

}  // namespace mado::kiosk
