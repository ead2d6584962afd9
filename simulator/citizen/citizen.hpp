// A citizen at a kiosk: looks at the screen, thinks, and does what it asks for, or something else.
#pragma once

#include "simulator/nodes/kiosk_node.hpp"

namespace mado::simulator {

class Citizen {
 public:
  // Stands at `kiosk` until `left` is called, once.
  Citizen(Surroundings& around, KioskNode& kiosk, Card& card, Random random, std::function<void()> left);
  ~Citizen();
  Citizen(const Citizen&) = delete;
  Citizen& operator=(const Citizen&) = delete;

  // The screen changed.
  void look();

 private:
  void act();
  void leave();
  void press(std::string action, std::string text = {}, std::int64_t number = 0);
  void do_as_asked(kiosk::Screen screen);
  // Whose service it is.
  std::string city() const;
  void choose_kind();
  void choose_persons();
  void choose_items();
  void enter_pin();
  void pay();
  void take_or_leave();
  void press_anything();
  milliseconds thinking();

  Surroundings& around_;
  KioskNode& kiosk_;
  Card& card_;
  Random random_;
  std::function<void()> left_;
  Life here_;
  Life thought_;
  v1::Service service_ = v1::SERVICE_HOME_CITY;
  bool card_in_hand_ = true;
  bool begun_ = false;
  bool knows_pin_ = true;
  bool pin_was_wrong_ = false;
  bool patient_ = true;  // puts in every coin
};

}  // namespace mado::simulator
