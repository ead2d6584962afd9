// A card reader as the kiosk sees it (カードリーダー). Two transports implement it: PC/SC, and a direct one to the
// virtual card that needs no daemon. ISO/IEC 7816-4.
#pragma once

#include "base/bytes.hpp"
#include "base/refusal.hpp"

namespace mado::card {

class Reader {
 public:
  virtual ~Reader() = default;

  // Whether a card lies on the reader now. Asks the hardware each time. Refusal: card_no_answer if the reader is gone.
  virtual Outcome<bool> card_present() = 0;

  // Powers the card and returns its ATR. Refusals: card_no_answer, card_removed_early.
  virtual Outcome<Bytes> power_on() = 0;

  // One command, one answer (data followed by SW1 SW2, so at least 2 bytes; ≤ 65,538). `command` may hold a PIN: it is
  // not logged, and the caller wipes it. Refusals: card_removed_early, card_no_answer (silence over the limit),
  // card_answer_unreadable (less than two bytes).
  virtual Outcome<Bytes> transmit(ByteView command) = 0;

  // Ends the card's session: every PIN is unverified after it. Does nothing if the card is off.
  virtual void power_off() = 0;
};

}  // namespace mado::card
