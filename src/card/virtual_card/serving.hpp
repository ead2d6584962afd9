// Puts a virtual card on a reader: answers the frames of FrameConnection by TCP, as long as the card lies there.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/refusal.hpp"
#include "card/virtual_card/faults.hpp"
#include "card/virtual_card/virtual_card.hpp"

namespace mado::card {

struct ServingSettings {
  std::string
      listen;  // loopback ADDRESS:PORT for direct readers and for vpcd's reverse mode; empty: none. Port 0: any.
  std::string connect;  // loopback ADDRESS:PORT of a pcscd's vpcd driver; empty: none. Tried again twice a second.
  bool placed = false;  // whether the card lies on the reader at the start
  Faults faults;
};

// One thread of its own does everything; every function may be called from any thread.
class Serving {
 public:
  // Refusal: configuration_invalid if it cannot listen.
  static Outcome<std::unique_ptr<Serving>> start(VirtualCard card, ServingSettings settings);
  ~Serving();

  // Puts the card on the reader (置く), or takes it off (取る): its connections are closed, its power is gone. New
  // connections are closed at once until it is placed again. Done when it returns.
  void place();
  void remove();
  void load(Faults faults);

  struct State {
    bool placed = false;
    unsigned authentication_tries = 0;
    unsigned signature_tries = 0;
  };
  State state();
  // The port that direct readers connect to; 0 if there is none.
  std::uint16_t port() const;

 private:
  class Inside;
  explicit Serving(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace mado::card
