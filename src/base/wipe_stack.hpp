// For a thread that has worked with personal data and goes on to wait.
#pragma once

namespace mado {

// Overwrites what calls that have returned left on this thread's stack, 256 KiB deep.
void wipe_stack();

}  // namespace mado
