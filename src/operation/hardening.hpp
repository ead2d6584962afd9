// What a process does before it holds anything secret: no core dump, no debugger, memory that is not swapped, and that
// is overwritten when it is freed (operation/wiping_free.hpp).
#pragma once

#include <cstdint>

#include "base/refusal.hpp"

namespace mado::operation {

// No core file, not dumpable, umask 077.
Outcome<void> harden_process();

// Locks the pages that the process has and will get, after checking that `mebibytes` may be locked (RLIMIT_MEMLOCK).
// 0 locks nothing. Refusal: configuration_invalid, with the limit found and how to raise it.
Outcome<void> lock_memory(std::int64_t mebibytes);

}  // namespace mado::operation
