#include "simulator/nodes/process.hpp"

namespace mado::simulator {

namespace {
constexpr milliseconds most_until_crash{150};
constexpr milliseconds least_until_restart{500};
constexpr milliseconds most_until_restart{45'000};
constexpr milliseconds least_until_update{60'000};
constexpr milliseconds most_until_update{900'000};
}  // namespace

Process::Process(Surroundings& around, std::string name)
    : around_(around), random_(around.seed, "process " + name), name_(std::move(name)) {}

void Process::start() {
  if (running_) return;
  life_ = Life{};
  running_ = true;
  around_.book.note(name_, "started");
  started();
}

void Process::crash() {
  if (!running_) return;
  running_ = false;
  life_.end();
  around_.network.detach(name_);
  stopped();
  around_.book.crashed(name_);
  around_.scheduler.after(random_.between(least_until_restart, most_until_restart), always_, [this] { start(); });
}

void Process::refuses_to_start(const Refusal& why) {
  running_ = false;
  life_.end();
  around_.book.note(name_, "does not start", code_of(why.reason));
  around_.scheduler.after(random_.between(least_until_update, most_until_update), always_, [this] {
    build_ = newer_build;
    start();
  });
}

void Process::serves_by(const application::RosterBook& roster) {
  const auto floor = roster.content().lowest_version();
  if (build_ < floor) around_.book.serves_wrongly(name_, "its build is below the floor of its roster");
  if (roster.version() < highest_roster_) around_.book.serves_wrongly(name_, "its roster is older than one it had");
  highest_roster_ = std::max(highest_roster_, roster.version());
}

void Process::doom() {
  life_.end();
  around_.scheduler.after(milliseconds{0}, always_, [this] { crash(); });
}

void Process::may_crash(Fault fault) {
  if (!around_.faults.happens(fault)) return;
  around_.scheduler.after(random_.between(milliseconds{0}, most_until_crash), life_, [this] { crash(); });
}

}  // namespace mado::simulator
