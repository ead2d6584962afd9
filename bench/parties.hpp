// The parties of an installation as processes of this machine, and the CPU time that each has used.
#pragma once

#include <sys/types.h>

#include <ctime>
#include <string>
#include <vector>

#include "base/refusal.hpp"

namespace mado::bench {

struct Party {
  std::string name;  // "issuer"
  clockid_t clock;   // of the process's CPU time, all threads, user and system

  // Milliseconds since the process began, to the nanosecond. 0 once it has ended: calls to it are refused by then.
  double cpu_milliseconds() const;
};

// From words "NAME=PID", in their order, with this very process as "kiosk" before them. Refusal: input_invalid for a
// word of another form or a process that does not run.
Outcome<std::vector<Party>> find_parties(const std::vector<std::string>& words);

// What each party has used by now, in their order.
std::vector<double> cpu_of(const std::vector<Party>& parties);

}  // namespace mado::bench
