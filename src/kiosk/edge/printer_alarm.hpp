// What a printer's state reasons mean for a certificate that is to come out of it. RFC 8011 §5.4.12: a keyword, and how
// grave it is by its ending: -report, -warning, -error; without an ending it is an error.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/refusal.hpp"

namespace mado::kiosk {

// The gravest alarm among `reasons` as printer_out_of_paper, printer_jammed or printer_not_ready, with all of the
// reasons as its cause; nothing if there is none. An alarm is: every error; and out of paper, a jam or an empty marker
// supply even as a warning, because some printers report no error. "none", reports and other warnings are no alarm.
std::optional<Refusal> printer_alarm(const std::vector<std::string>& reasons);

}  // namespace mado::kiosk
