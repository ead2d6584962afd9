#include "simulator/nodes/process.hpp"

namespace mado::simulator {

namespace {
constexpr milliseconds most_until_crash{150};
constexpr milliseconds least_until_restart{500};
constexpr milliseconds most_until_restart{45'000};
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

void Process::doom() {
  life_.end();
  around_.scheduler.after(milliseconds{0}, always_, [this] { crash(); });
}

void Process::may_crash(Fault fault) {
  if (!around_.faults.happens(fault)) return;
  around_.scheduler.after(random_.between(milliseconds{0}, most_until_crash), life_, [this] { crash(); });
}

}  // namespace mado::simulator
