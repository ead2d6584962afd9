// Virtual time: what happens next, and when. Two things of the same millisecond happen in the order in which they were
// asked for, so that a run depends on nothing but its seed.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "base/clock.hpp"

namespace mado::simulator {

using std::chrono::milliseconds;
using std::chrono::seconds;

// As long as somebody lives. What was scheduled for a life that has ended does not happen: a crashed process does
// nothing more.
class Life {
 public:
  Life() : alive_(std::make_shared<bool>(true)) {}
  void end() { *alive_ = false; }
  bool over() const { return !*alive_; }

 private:
  std::shared_ptr<bool> alive_;
};

class Scheduler final : public Clock {
 public:
  using Action = std::move_only_function<void()>;

  explicit Scheduler(Instant start) : now_(start) {}

  Instant now() override { return now_; }
  void after(milliseconds delay, const Life& life, Action action);
  // Does the next thing. False if there is none.
  bool step();
  std::uint64_t steps() const { return steps_; }

 private:
  struct Entry {
    Instant at;
    std::uint64_t number;
    Life life;
    Action action;
  };
  static bool later(const Entry& left, const Entry& right) {
    return left.at != right.at ? right.at < left.at : right.number < left.number;
  }

  Instant now_;
  std::uint64_t next_number_ = 0;
  std::uint64_t steps_ = 0;
  std::vector<Entry> heap_;
};

// A node's own clock: the true time and how far it is off.
class NodeClock final : public Clock {
 public:
  NodeClock(Scheduler& scheduler, milliseconds skew) : scheduler_(scheduler), skew_(skew) {}
  Instant now() override { return scheduler_.now() + skew_; }

 private:
  Scheduler& scheduler_;
  milliseconds skew_;
};

}  // namespace mado::simulator
