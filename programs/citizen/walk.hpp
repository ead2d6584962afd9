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
  int service = 1;           // 1 the city of residence, 2 the city of the 本籍
  int kind = 1;              // as the contract numbers them (statements.proto)
  int scope = 3;             // 1 本人, 2 一部, 3 全員; the nearest that the kind offers
  std::vector<int> options;  // chosen if they are offered, besides those that the city chooses
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
  std::string ended_on;  // "ended", "refused", "out_of_service", or "kind": the wished kind may not be had
  std::string code;      // of a refusal; of a kind that may not be had, its reason's (empty: it is not offered)
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
