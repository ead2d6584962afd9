// Where a core gets the time from. Edges hand in the machine's clock, the simulator its own.
#pragma once

#include "base/instant.hpp"

namespace mado {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() = 0;
};

}  // namespace mado
