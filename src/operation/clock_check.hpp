// Whether this machine's clock may decide anything (時刻同期): chain rule 13.
#pragma once

#include <chrono>

#include "base/refusal.hpp"

namespace mado::operation {

inline constexpr std::chrono::seconds most_clock_error{5};

// What the kernel knows of its clock (adjtimex(2)): a time service keeps it synchronised, and its estimate of the
// largest error is within most_clock_error. Refusal: clock_not_synchronised.
Outcome<void> check_clock();

// The same, over what adjtimex returned: its state, whether STA_UNSYNC is set, and the largest error in microseconds.
Outcome<void> check_clock(int state, bool unsynchronised, long microseconds);

}  // namespace mado::operation
