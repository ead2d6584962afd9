// The coin acceptor (硬貨投入機) as the session sees it. Its two life-time counters are the machine's own and survive a
// crash of the kiosk: after one they are compared with the journal.
#pragma once

#include <cstdint>
#include <functional>

#include "base/refusal.hpp"

namespace mado::kiosk {

struct AcceptorCounters {
  std::uint64_t captured = 0;  // yen moved from escrow to the box, less change given, ever
  std::uint64_t returned = 0;  // yen given back from escrow, ever
  std::uint32_t escrow = 0;    // yen lying in escrow now
};

class Acceptor {
 public:
  virtual ~Acceptor() = default;
  // Begins to take coins. `inserted` is called (from any thread) with the escrow's total after each coin.
  virtual Outcome<void> enable(std::function<void(std::uint32_t escrow)> inserted) = 0;
  // Takes no more coins. What lies in escrow stays there.
  virtual Outcome<void> disable() = 0;
  // Moves `due` yen from escrow into the box and gives the rest back as change; returns the change in yen.
  // Refusal: payment_incomplete if the escrow holds less.
  virtual Outcome<std::uint32_t> capture(std::uint32_t due) = 0;
  // Gives everything in escrow back; returns how many yen.
  virtual Outcome<std::uint32_t> give_back() = 0;
  virtual Outcome<AcceptorCounters> counters() = 0;
};

}  // namespace mado::kiosk
