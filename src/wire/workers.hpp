// A fixed number of threads and a bounded queue before them: the one place where a server's work waits.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <functional>
#include <limits>
#include <mutex>
#include <thread>
#include <vector>

#include "base/wipe_stack.hpp"

namespace mado::wire {

class Workers {
 public:
  Workers(unsigned threads, std::size_t longest_queue) : longest_queue_(longest_queue) {
    for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
  }
  // Finishes what was accepted.
  ~Workers() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
    for (auto& thread : threads_) thread.join();
  }

  // False if the queue is full, or holds `room` jobs already.
  bool offer(std::function<void()> job, std::size_t room = std::numeric_limits<std::size_t>::max()) {
    {
      const std::lock_guard lock(mutex_);
      if (queue_.size() >= std::min(longest_queue_, room)) return false;
      queue_.push_back(std::move(job));
    }
    changed_.notify_one();
    return true;
  }

 private:
  void work() {
    for (;;) {
      std::function<void()> job;
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
        if (queue_.empty()) return;
        job = std::move(queue_.front());
        queue_.pop_front();
      }
      job();
      job = nullptr;
      wipe_stack();
    }
  }

  std::size_t longest_queue_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> queue_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace mado::wire
