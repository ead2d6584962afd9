// A thread of the kiosk's driver that does one thing after the other (the machines' lane), or two at a time (the
// line's).
#pragma once

#include <deque>
#include <functional>

namespace mado::simulator {

class Lane {
 public:
  using Done = std::function<void()>;
  using Work = std::move_only_function<void(Done)>;  // calls Done once it is through

  explicit Lane(std::size_t width) : width_(width) {}

  void post(Work work) {
    waiting_.push_back(std::move(work));
    go_on();
  }

 private:
  void go_on() {
    while (busy_ < width_ && !waiting_.empty()) {
      auto work = std::move(waiting_.front());
      waiting_.pop_front();
      ++busy_;
      work([this] {
        --busy_;
        go_on();
      });
    }
  }

  std::size_t width_;
  std::size_t busy_ = 0;
  std::deque<Work> waiting_;
};

}  // namespace mado::simulator
