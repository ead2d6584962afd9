// Answers that are ready and must not leave yet (chain rule 9). They wait here, and no worker waits with them.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

namespace mado::issuer {

class HeldAnswers {
 public:
  using Clock = std::chrono::steady_clock;
  explicit HeldAnswers(std::size_t most);
  // What still waits is dropped.
  ~HeldAnswers();

  // Calls `leave` at `moment`, on a thread of its own. False if `most` answers wait already.
  bool hold(Clock::time_point moment, std::function<void()> leave);

 private:
  void let_leave();

  std::size_t most_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::multimap<Clock::time_point, std::function<void()>> waiting_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace mado::issuer
