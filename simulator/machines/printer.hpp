// The printer as a machine: a job that it has taken goes on without the kiosk, and a sheet that lies in the tray has
// come out, whatever was reported.
#pragma once

#include "kiosk/core/printer.hpp"
#include "simulator/invariants/book.hpp"
#include "simulator/swarm/faults.hpp"

namespace mado::simulator {

class SimulatedPrinter final : public kiosk::Printer {
 public:
  using Result = std::expected<kiosk::PrintResult, Failure>;

  SimulatedPrinter(std::string kiosk, Scheduler& scheduler, Book& book, Faults& faults, Random random);

  Outcome<kiosk::PrinterStatus> status() override;
  // The simulated driver prints without waiting; this way is refused.
  Result print(const Id&, ByteView, std::uint32_t, const std::function<void(kiosk::PrintProgress)>&) override;

  // As Printer::print, but `done` comes later, within `limit`. Both callbacks end with `caller`.
  void begin(const Id& issuance, ByteView document, milliseconds limit, const Life& caller,
             std::function<void(kiosk::PrintProgress)> progress, std::function<void(Result)> done);

  // What lies in the tray is taken away.
  void take_papers() { tray_ = 0; }
  // Staff clear a jam, fill in paper and cancel what is left.
  void mend();
  bool busy() const { return job_ != nullptr; }
  std::uint64_t impressions() const { return impressions_; }

 private:
  struct Job {
    Id issuance;
    std::vector<Page> pages;
    std::size_t out = 0;
    std::size_t stops_after = 0;  // sheets; all of them: never
    Reason stops_with{};
    Life caller;
    std::function<void(kiosk::PrintProgress)> progress;
    std::function<void(Result)> done;
  };
  void go_on(const std::shared_ptr<Job>& job);
  void put_out(Job& job);
  void report(Job& job, Result result);
  void draw_what_happens(Job& job, milliseconds limit);

  std::string kiosk_;
  Scheduler& scheduler_;
  Book& book_;
  Faults& faults_;
  Random random_;
  Life always_;
  std::shared_ptr<Job> job_;
  std::optional<Reason> alarm_;
  std::uint64_t impressions_ = 0;
  std::size_t tray_ = 0;
  milliseconds pause_{};  // before the next sheet
};

}  // namespace mado::simulator
