#include "issuer/edge/held_answers.hpp"

namespace mado::issuer {

HeldAnswers::HeldAnswers(std::size_t most) : most_(most), thread_([this] { let_leave(); }) {}

HeldAnswers::~HeldAnswers() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

bool HeldAnswers::hold(Clock::time_point moment, std::function<void()> leave) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() >= most_) return false;
    waiting_.emplace(moment, std::move(leave));
  }
  changed_.notify_all();
  return true;
}

void HeldAnswers::let_leave() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (waiting_.empty()) {
      changed_.wait(lock);
    } else if (const auto first = waiting_.begin(); first->first > Clock::now()) {
      const auto moment = first->first;  // the entry itself may be gone when the wait ends
      changed_.wait_until(lock, moment);
    } else {
      const auto leave = std::move(first->second);
      waiting_.erase(first);
      lock.unlock();
      leave();
      lock.lock();
    }
  }
}

}  // namespace mado::issuer
