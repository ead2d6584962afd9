// A value that comes later: what a port of a core waits for while other things happen.
//
//   Task<Outcome<Bytes>> call(...) override {
//     Later<Outcome<Bytes>> answer;
//     network.call(..., answer.promise());
//     co_return co_await answer;
//   }
//
// If the waiting coroutine is destroyed (its node crashed), keeping the promise later does nothing.
#pragma once

#include <coroutine>
#include <functional>
#include <list>
#include <memory>
#include <optional>

#include "base/task.hpp"

namespace mado::simulator {

template <typename T>
class Later {
  struct State {
    std::optional<T> value;
    std::coroutine_handle<> waiting;
  };

 public:
  Later() : state_(std::make_shared<State>()) {}
  Later(const Later&) = delete;
  Later& operator=(const Later&) = delete;
  ~Later() { state_->waiting = nullptr; }

  // Gives the value, once; a second value is ignored.
  std::function<void(T)> promise() {
    return [state = state_](T value) {
      if (state->value) return;
      state->value.emplace(std::move(value));
      if (auto waiting = std::exchange(state->waiting, nullptr)) waiting.resume();
    };
  }

  bool await_ready() const { return state_->value.has_value(); }
  void await_suspend(std::coroutine_handle<> waiting) { state_->waiting = waiting; }
  T await_resume() { return std::move(*state_->value); }

 private:
  std::shared_ptr<State> state_;
};

// The calls that a process is answering. Dropping them is its crash.
template <typename T>
class Answering {
 public:
  // Runs `task` as far as it goes now; `done` is called once with its value.
  void begin(Task<T> task, std::function<void(T)> done) {
    std::erase_if(running_, [](const auto& carried) { return carried.done(); });
    running_.push_back(carry(std::move(task), std::move(done)));
    running_.back().resume();
  }
  void drop() { running_.clear(); }

 private:
  static Task<bool> carry(Task<T> task, std::function<void(T)> done) {
    done(co_await task);
    co_return true;
  }

  std::list<Task<bool>> running_;
};

}  // namespace mado::simulator
