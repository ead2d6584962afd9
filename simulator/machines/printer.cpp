#include "simulator/machines/printer.hpp"

namespace mado::simulator {

namespace {
constexpr milliseconds for_a_sheet{1'500};
constexpr milliseconds until_unreachable{2'000};

std::vector<Page> pages_of(ByteView document) {
  auto pages = Page::all_in(document);
  if (pages.empty()) pages.emplace_back().number = "unreadable";
  return pages;
}
}  // namespace

SimulatedPrinter::SimulatedPrinter(std::string kiosk, Scheduler& scheduler, Book& book, Faults& faults, Random random)
    : kiosk_(std::move(kiosk)), scheduler_(scheduler), book_(book), faults_(faults), random_(random) {}

Outcome<kiosk::PrinterStatus> SimulatedPrinter::status() {
  if (faults_.happens(Fault::printer_unreachable)) return refuse(Reason::printer_unreachable, "no answer");
  kiosk::PrinterStatus status;
  status.ready = !job_ && !alarm_;
  status.queued_jobs = job_ ? 1 : 0;
  status.impressions = impressions_;
  status.counts = true;
  status.reason = alarm_.value_or(Reason::printer_not_ready);
  status.cause = alarm_ ? "an alarm" : "";
  return status;
}

SimulatedPrinter::Result SimulatedPrinter::print(const Id&, ByteView, std::uint32_t,
                                                 const std::function<void(kiosk::PrintProgress)>&) {
  return std::unexpected(Failure{{Reason::internal, "the simulated printer is asked by begin()"}, false, 0, false});
}

void SimulatedPrinter::begin(const Id& issuance, ByteView document, milliseconds limit, const Life& caller,
                             std::function<void(kiosk::PrintProgress)> progress, std::function<void(Result)> done) {
  const auto job =
      std::make_shared<Job>(Job{issuance, pages_of(document), 0, 0, {}, caller, std::move(progress), std::move(done)});
  if (faults_.happens(Fault::printer_unreachable) || job_ || alarm_) {
    const auto reason = job_ || alarm_ ? Reason::printer_not_ready : Reason::printer_unreachable;
    scheduler_.after(until_unreachable, caller, [this, job, reason] {
      report(*job, std::unexpected(Failure{{reason, "not accepted"}, false, 0, false}));
    });
    return;
  }
  book_.submitted(kiosk_, issuance);
  job_ = job;
  draw_what_happens(*job, limit);
  scheduler_.after(for_a_sheet, always_, [this, job] { go_on(job); });
}

void SimulatedPrinter::draw_what_happens(Job& job, milliseconds limit) {
  const auto sheets = job.pages.size();
  job.stops_after = sheets;
  pause_ = for_a_sheet;
  if (faults_.happens(Fault::printer_jam)) {
    job.stops_after = random_.below(sheets);
    job.stops_with = Reason::printer_jammed;
  } else if (faults_.happens(Fault::printer_dry)) {
    job.stops_after = random_.below(sheets);
    job.stops_with = Reason::printer_out_of_paper;
  } else if (faults_.happens(Fault::printer_slow)) {
    pause_ = limit;  // the kiosk gives up; what is being printed comes out all the same
    scheduler_.after(limit, always_, [this, held = job_] {
      report(*held, std::unexpected(Failure{{Reason::print_unconfirmed, "the printer's time is over"},
                                            true,
                                            static_cast<std::uint32_t>(held->out),
                                            true}));
    });
  }
}

void SimulatedPrinter::put_out(Job& job) {
  ++impressions_;
  ++tray_;
  const auto& page = job.pages[job.out++];
  book_.sheet(kiosk_, job.issuance, page);
}

void SimulatedPrinter::go_on(const std::shared_ptr<Job>& job) {
  if (job != job_) return;  // cancelled
  if (job->out == job->stops_after && job->out < job->pages.size()) {
    alarm_ = job->stops_with;
    job_.reset();
    return report(*job, std::unexpected(
                            Failure{{job->stops_with, "an alarm"}, true, static_cast<std::uint32_t>(job->out), false}));
  }
  if (job->out < job->pages.size()) {
    put_out(*job);
    if (!job->caller.over() && job->progress) job->progress({static_cast<std::uint32_t>(job->out)});
    scheduler_.after(pause_, always_, [this, job] { go_on(job); });
    return;
  }
  job_.reset();
  report(*job, kiosk::PrintResult{static_cast<std::uint32_t>(job->out)});
}

void SimulatedPrinter::report(Job& job, Result result) {
  job.progress = nullptr;
  if (const auto done = std::exchange(job.done, nullptr); done && !job.caller.over()) done(std::move(result));
}

void SimulatedPrinter::mend() {
  alarm_.reset();
  job_.reset();
}

}  // namespace mado::simulator
