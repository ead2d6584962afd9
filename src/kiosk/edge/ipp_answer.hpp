// What a printer's IPP answers say (RFC 8011): our reading of attributes that libcups has decoded. Bytes from outside:
// every value is bounded, and what is missing or of another syntax is as if it had not been sent.
#pragma once

#include <cstdint>
#include <string_view>

#include "kiosk/edge/ipp_client.hpp"

// libcups' message.
struct _ipp_s;

namespace mado::kiosk {

inline constexpr int most_state_reasons = 64;
inline constexpr std::size_t longest_state_reason = 255;  // RFC 8011 §5.1.4, keyword

// Whether the printer accepted the operation. Troubles: not_found, refused.
IppAnswer<void> check_status(_ipp_s* answer, std::string_view operation);

// Trouble of all three: unreadable.
IppAnswer<PrinterReport> read_printer(_ipp_s* answer);    // Get-Printer-Attributes
IppAnswer<std::int32_t> read_job_number(_ipp_s* answer);  // Create-Job
IppAnswer<JobReport> read_job(_ipp_s* answer);            // Get-Job-Attributes

}  // namespace mado::kiosk
