// A printer's answers over IPP, decoded by libcups as it decodes them from a connection.
#include "kiosk/edge/ipp_answer.hpp"

#include <cups/ipp.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "fuzz/examine.hpp"
#include "kiosk/edge/printer_alarm.hpp"

namespace mado::fuzz {

namespace {
struct Delete {
  void operator()(ipp_t* message) const { ippDelete(message); }
};

ssize_t read_some(void* from, ipp_uchar_t* to, std::size_t size) {
  auto& rest = *static_cast<ByteView*>(from);
  const auto count = std::min(size, rest.size());
  if (count != 0) std::memcpy(to, rest.data(), count);
  rest = rest.subspan(count);
  return static_cast<ssize_t>(count);
}

void claim_bounded(const std::vector<std::string>& reasons) {
  claim(reasons.size() <= kiosk::most_state_reasons, "state reasons are bounded");
  for (const auto& reason : reasons) claim(reason.size() <= kiosk::longest_state_reason, "a keyword is bounded");
  (void)kiosk::printer_alarm(reasons);
}
}  // namespace

void examine(ByteView input) {
  const std::unique_ptr<ipp_t, Delete> answer{ippNew()};
  if (ippReadIO(&input, read_some, 1, nullptr, answer.get()) != IPP_STATE_DATA) return;
  (void)kiosk::check_status(answer.get(), "an operation");
  if (const auto printer = kiosk::read_printer(answer.get())) {
    claim(printer->state >= kiosk::PrinterState::idle && printer->state <= kiosk::PrinterState::stopped,
          "a printer is idle, processing or stopped");
    claim_bounded(printer->reasons);
  }
  if (const auto job = kiosk::read_job(answer.get())) {
    claim(job->state >= kiosk::JobState::pending && job->state <= kiosk::JobState::completed, "a job's state is one");
    claim_bounded(job->reasons);
  }
  const auto number = kiosk::read_job_number(answer.get());
  claim(!number || *number > 0, "a job has a positive number");
}

}  // namespace mado::fuzz
