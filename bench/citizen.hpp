// A citizen who wants the 住民票の写し of the whole household, with 続柄 and 本籍, and never hesitates.
#pragma once

#include <chrono>

#include "bench/headless_kiosk.hpp"

namespace mado::bench {

using Milliseconds = std::chrono::duration<double, std::milli>;

// One session, from the check before it until center and city have its receipt. Returns how long the paper took: from
// 「同意する」, before the application is signed, until the document is handed to the printer. Refusal: what the
// session ended in.
Outcome<Milliseconds> serve_citizen(HeadlessKiosk& kiosk, HeadlessKiosk::Watch watch);

}  // namespace mado::bench
