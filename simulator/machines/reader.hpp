// A kiosk's card reader, with whatever card somebody puts on it.
#pragma once

#include "card/reader.hpp"
#include "simulator/invariants/book.hpp"

namespace mado::simulator {

class SimulatedReader final : public card::Reader {
 public:
  SimulatedReader(std::string kiosk, Book& book, Faults& faults)
      : kiosk_(std::move(kiosk)), book_(book), faults_(faults) {}

  void put(Card& card) { card_ = &card; }
  // The card that lay there, or nothing.
  Card* take();
  Card* card() const { return card_; }

  Outcome<bool> card_present() override { return card_ != nullptr; }
  Outcome<Bytes> power_on() override;
  Outcome<Bytes> transmit(ByteView command) override;
  void power_off() override;

 private:
  Outcome<void> answers() const;

  std::string kiosk_;
  Book& book_;
  Faults& faults_;
  Card* card_ = nullptr;
  bool powered_ = false;
};

}  // namespace mado::simulator
