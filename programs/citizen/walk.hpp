// A simulated citizen at a kiosk's screen: presses what a person would press and puts the card down and takes it off.
// For demonstrations, tests and benchmarks; it knows the kiosk only by docs/kiosk-screens.md.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/refusal.hpp"

namespace mado::citizen {

struct Wish {
  std::string city;
  std::string pin;
  int scope = 3;             // 1 本人, 2 世帯の一部, 3 世帯全員
  std::vector<int> options;  // 1 世帯主・続柄, 2 本籍・筆頭者, 3 個人番号
  int copies = 1;
  std::string language = "ja";
  std::string cancel_at;  // a screen's name: press 「中止」 there
};

struct Step {
  std::string screen;  // and what it was working on: "working:check"
  std::chrono::milliseconds lasted{0};
};

struct Walk {
  std::vector<Step> steps;
  std::string ended_on;  // "ended" or "refused"
  std::string code;      // of a refusal
  std::string number;    // on the 領収証
  std::string kind;      // its title
  int sheets = 0;
  int fee = 0;
};

// `address`: "http://127.0.0.1:PORT/?key=KEY". `card_control`: "http://127.0.0.1:PORT" of the virtual card. Refusals:
// line_down (the kiosk or the card cannot be reached), timed_out.
Outcome<Walk> walk(const std::string& address, const std::string& card_control, const Wish& wish,
                   std::chrono::seconds limit);

}  // namespace mado::citizen
