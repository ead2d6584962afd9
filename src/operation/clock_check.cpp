#include "operation/clock_check.hpp"

#include <fmt/format.h>
#include <sys/timex.h>

namespace mado::operation {

Outcome<void> check_clock(int state, bool unsynchronised, long microseconds) {
  if (state < 0 || state == TIME_ERROR || unsynchronised)
    return refuse(Reason::clock_not_synchronised, "no time service keeps this machine's clock synchronised");
  if (std::chrono::microseconds(microseconds) > most_clock_error)
    return refuse(Reason::clock_not_synchronised,
                  fmt::format("this machine's clock may be wrong by {} ms", microseconds / 1000));
  return {};
}

Outcome<void> check_clock() {
  timex kernel{};  // modes 0: asked, not set
  const int state = adjtimex(&kernel);
  return check_clock(state, (kernel.status & STA_UNSYNC) != 0, kernel.maxerror);
}

}  // namespace mado::operation
