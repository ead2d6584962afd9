// The kiosk's printer as the session sees it (印刷). Implemented over IPP in kiosk/edge; simulated in tests and
// benchmarks.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "base/refusal.hpp"

namespace mado::kiosk {

struct PrinterStatus {
  bool ready = false;  // idle, no alarm, queue empty
  std::uint32_t queued_jobs = 0;
  std::uint64_t impressions = 0;              // the printer's own life-time count of impressions, if it has one; else 0
  bool counts = false;                        // whether `impressions` is known
  Reason reason = Reason::printer_not_ready;  // why it is not ready
  std::string cause;                          // printer-state-reasons as reported
};

struct PrintProgress {
  std::uint32_t impressions_completed = 0;
};

struct PrintResult {
  std::uint32_t impressions_completed = 0;  // counted by the printer for this job
};

class Printer {
 public:
  virtual ~Printer() = default;

  // Asks the printer now. Refusal: printer_unreachable.
  virtual Outcome<PrinterStatus> status() = 0;

  // Sends one job and waits until the printer has finished it: state `completed`, the expected count of impressions and
  // no media or marker alarm (IPP `completed` alone is no proof). `document` is the PDF; the job is named after
  // `issuance` and nothing else. Blocks for at most the configured time. `progress` is called from the same thread.
  // Refusals *before* the printer has accepted anything (nothing can have been printed): printer_unreachable,
  // printer_not_ready. After it has: printer_out_of_paper, printer_jammed, print_unconfirmed; the job is then cancelled
  // and `PrintFailure::impressions_completed` says what had come out for certain.
  struct Failure {
    Refusal refusal;
    bool accepted = false;                    // the printer had taken the job: something may have come out
    std::uint32_t impressions_completed = 0;  // at least so many
    bool unknown = false;                     // whether the rest came out is not known
  };
  virtual std::expected<PrintResult, Failure> print(const Id& issuance, ByteView document,
                                                    std::uint32_t expected_impressions,
                                                    const std::function<void(PrintProgress)>& progress) = 0;
};

}  // namespace mado::kiosk
