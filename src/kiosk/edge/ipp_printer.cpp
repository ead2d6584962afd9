#include "kiosk/edge/ipp_printer.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <thread>

#include "base/crash_point.hpp"
#include "kiosk/edge/printer_alarm.hpp"

namespace mado::kiosk {

namespace {
using Failure = Printer::Failure;

// Before the document: nothing can have been printed.
std::unexpected<Failure> not_begun(const IppTrouble& trouble) {
  const bool unreachable = trouble.kind == IppTrouble::Kind::unreachable;
  return std::unexpected(
      Failure{{unreachable ? Reason::printer_unreachable : Reason::printer_not_ready, trouble.cause}, false, 0, false});
}

// Why no job should be given to this printer now.
std::optional<Refusal> why_not_ready(const PrinterReport& report) {
  if (auto alarm = printer_alarm(report.reasons)) return alarm;
  if (report.state == PrinterState::stopped) return Refusal{Reason::printer_not_ready, "the printer is stopped"};
  if (!report.accepting_jobs) return Refusal{Reason::printer_not_ready, "the printer accepts no jobs"};
  if (report.queued_jobs > 0)
    return Refusal{Reason::printer_not_ready, fmt::format("{} jobs are in its queue", report.queued_jobs)};
  if (report.state != PrinterState::idle) return Refusal{Reason::printer_not_ready, "the printer is busy"};
  return std::nullopt;
}

bool has_errors(const JobReport& job) {
  return std::ranges::any_of(job.reasons, [](const std::string& reason) {
    return reason == "job-completed-with-errors" || reason.ends_with("-error");
  });
}
}  // namespace

// What is known of a job under way.
struct IppPrinter::Watched {
  std::int32_t number = 0;
  std::uint32_t expected = 0;
  const std::function<void(PrintProgress)>& progress;

  std::optional<JobReport> report = std::nullopt;  // the last one
  std::uint32_t impressions = 0;                   // the most that was ever counted
  std::optional<Refusal> alarm = std::nullopt;     // the first one
  bool forgotten = false;                          // the printer knows the job no more
  bool document_refused = false;                   // the printer said no to the document
  std::string trouble = {};                        // the last failed request

  bool has_ended() const { return forgotten || (report && report->has_ended()); }

  bool is_printed() const {
    return report && report->state == JobState::completed && report->impressions == expected && !alarm &&
           !has_errors(*report);
  }

  std::string cause() const {
    if (alarm) return alarm->cause;
    if (forgotten) return "the printer knows the job no more";
    if (!report) return trouble;
    return fmt::format("job-state {}, {} of {} impressions, reasons: {}{}{}", static_cast<int>(report->state),
                       impressions, expected, fmt::join(report->reasons, ", "), trouble.empty() ? "" : "; ", trouble);
  }

  Failure failure() const {
    const bool ended_unprinted =
        report && !forgotten && (report->state == JobState::canceled || report->state == JobState::aborted);
    if (document_refused && ended_unprinted && impressions == 0)
      return {{Reason::printer_not_ready, cause()}, false, 0, false};
    const bool jammed = alarm && alarm->reason == Reason::printer_jammed;
    const bool out_of_paper = alarm && alarm->reason == Reason::printer_out_of_paper;
    const auto reason = jammed         ? Reason::printer_jammed
                        : out_of_paper ? Reason::printer_out_of_paper
                                       : Reason::print_unconfirmed;
    // What did not come out is known only of a job that has ended, from a printer that counts. A jammed sheet may still
    // come.
    const bool known = ended_unprinted && report->impressions && !jammed;
    return {{reason, cause()}, true, impressions, !known};
  }
};

Outcome<std::unique_ptr<IppPrinter>> IppPrinter::make(IppPrinterSettings settings) {
  MADO_TRY(client, IppClient::make(settings.uri, settings.request_limit));
  return std::unique_ptr<IppPrinter>(new IppPrinter(std::move(settings), std::move(client)));
}

IppPrinter::IppPrinter(IppPrinterSettings settings, IppClient client)
    : settings_(std::move(settings)), client_(std::move(client)) {}

Outcome<PrinterStatus> IppPrinter::status() {
  const auto report = client_.printer();
  if (!report) return refuse(Reason::printer_unreachable, report.error().cause);
  PrinterStatus status;
  status.queued_jobs = report->queued_jobs;
  status.impressions = report->impressions.value_or(0);
  status.counts = report->impressions.has_value();
  const auto trouble = why_not_ready(*report);
  status.ready = !trouble;
  if (trouble) {
    status.reason = trouble->reason;
    status.cause = trouble->cause;
  }
  return status;
}

std::expected<PrintResult, Failure> IppPrinter::print(const Id& issuance, ByteView document,
                                                      std::uint32_t expected_impressions,
                                                      const std::function<void(PrintProgress)>& progress) {
  const auto number = begin(issuance);
  if (!number) return not_begun(number.error());
  Watched job{*number, expected_impressions, progress};
  const auto sent = between("print_document"_point, [&] { return client_.send_document(job.number, document); });
  if (sent) {
    watch(job);
  } else {
    job.trouble = sent.error().cause;
    job.document_refused = sent.error().kind == IppTrouble::Kind::refused;
  }
  if (!job.has_ended()) cancel(job);
  if (job.is_printed()) return PrintResult{job.impressions};
  return std::unexpected(job.failure());
}

IppAnswer<std::int32_t> IppPrinter::begin(const Id& issuance) const {
  const auto report = client_.printer();
  if (!report) return std::unexpected(report.error());
  if (const auto trouble = why_not_ready(*report))
    return std::unexpected(IppTrouble{IppTrouble::Kind::refused, trouble->cause});
  return between("print_job"_point,
                 [&] { return client_.create_job({issuance.hex(), settings_.media, settings_.sides}); });
}

// Looks at the job until it has ended, an alarm stands or the time is over.
void IppPrinter::watch(Watched& job) const {
  const auto deadline = Clock::now() + settings_.print_limit;
  while (!look(job) && !job.alarm && Clock::now() < deadline) std::this_thread::sleep_for(settings_.poll_interval);
}

// One look; true once the job has ended. A failed request is no verdict: the next look may succeed.
bool IppPrinter::look(Watched& job) const {
  const auto report = client_.job(job.number);
  look_for_alarm(job);
  if (!report) {
    job.trouble = report.error().cause;
    job.forgotten = report.error().kind == IppTrouble::Kind::not_found;
    return job.forgotten;
  }
  job.report = *report;
  if (report->impressions && *report->impressions > job.impressions) {
    job.impressions = *report->impressions;
    if (job.progress) job.progress({job.impressions});
  }
  return report->has_ended();
}

void IppPrinter::look_for_alarm(Watched& job) const {
  const auto printer = client_.printer();
  if (!printer || job.alarm) return;
  job.alarm = printer_alarm(printer->reasons);
  if (!job.alarm && printer->state == PrinterState::stopped)
    job.alarm = Refusal{Reason::printer_not_ready, "the printer stopped"};
}

// Ends the job, and waits until the printer says what became of it.
void IppPrinter::cancel(Watched& job) const {
  const auto deadline = Clock::now() + settings_.cancel_limit;
  if (const auto cancelled = client_.cancel(job.number); !cancelled) job.trouble = cancelled.error().cause;
  while (!look(job) && Clock::now() < deadline) std::this_thread::sleep_for(settings_.poll_interval);
}

}  // namespace mado::kiosk
