// At most so many a second, and a second's worth at once: what evens out how fast new things begin. Not thread-safe.
#pragma once

#include <algorithm>
#include <chrono>

namespace mado::wire {

class Rate {
 public:
  using Clock = std::chrono::steady_clock;

  // `per_second` 0: no bound.
  Rate(unsigned per_second, Clock::time_point now) : per_second_(per_second), left_(per_second), counted_at_(now) {}

  // Whether one more may begin.
  bool take(Clock::time_point now) {
    if (per_second_ == 0) return true;
    left_ += std::chrono::duration<double>(now - counted_at_).count() * per_second_;
    left_ = std::min<double>(left_, per_second_);
    counted_at_ = now;
    if (left_ < 1) return false;
    left_ -= 1;
    return true;
  }

 private:
  unsigned per_second_;
  double left_;
  Clock::time_point counted_at_;
};

}  // namespace mado::wire
