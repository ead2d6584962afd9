#include "simulator/scheduler/scheduler.hpp"

#include <algorithm>

namespace mado::simulator {

void Scheduler::after(milliseconds delay, const Life& life, Action action) {
  heap_.push_back({now_ + std::max(delay, milliseconds{0}), next_number_++, life, std::move(action)});
  std::ranges::push_heap(heap_, later);
}

bool Scheduler::step() {
  while (!heap_.empty()) {
    std::ranges::pop_heap(heap_, later);
    auto entry = std::move(heap_.back());
    heap_.pop_back();
    if (entry.life.over()) continue;
    now_ = entry.at;
    ++steps_;
    entry.action();
    return true;
  }
  return false;
}

}  // namespace mado::simulator
