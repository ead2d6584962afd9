#include "simulator/machines/reader.hpp"

namespace mado::simulator {

Card* SimulatedReader::take() {
  power_off();
  return std::exchange(card_, nullptr);
}

Outcome<void> SimulatedReader::answers() const {
  if (card_ == nullptr) return refuse(Reason::card_removed_early, "no card on the reader");
  if (faults_.happens(Fault::card_fails)) return refuse(Reason::card_no_answer, "the card does not answer");
  return {};
}

Outcome<Bytes> SimulatedReader::power_on() {
  MADO_CHECK(answers());
  powered_ = true;
  return card::VirtualCard::atr();
}

Outcome<Bytes> SimulatedReader::transmit(ByteView command) {
  MADO_CHECK(answers());
  if (!powered_) return refuse(Reason::card_removed_early, "the card was off in between");
  auto answer = card_->body->answer(command);
  if (const auto& offered = card_->body->offered()) book_.pin_offered(kiosk_, *card_, *offered);
  for (const auto& signature : card_->body->take_signatures()) book_.card_signed(kiosk_, *card_, signature);
  if (answer) return std::move(*answer);
  powered_ = false;
  return refuse(Reason::card_removed_early, "the card lost its power");
}

void SimulatedReader::power_off() {
  if (!std::exchange(powered_, false)) return;
  card_->body->lose_power();
}

}  // namespace mado::simulator
