// A coroutine that yields one value: how a core says "now this must be read" without doing it itself.
// In production the ports answer at once, on the calling thread; a simulator answers when its scheduler says so.
//
// g++ 12 destroys an aggregate twice that is built within the arguments of a co_await: build it before, and move it in.
#pragma once

#include <coroutine>
#include <exception>
#include <optional>
#include <utility>

namespace mado {

// Starts when it is awaited (or run). Owned by exactly one awaiter; destroying it destroys the coroutine's frame.
template <typename T>
class [[nodiscard]] Task {
 public:
  struct promise_type {
    std::optional<T> value;
    std::exception_ptr failure;
    std::coroutine_handle<> waiting = std::noop_coroutine();

    Task get_return_object() { return Task{std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    auto final_suspend() noexcept {
      struct Resume {
        bool await_ready() noexcept { return false; }
        std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> done) noexcept {
          return done.promise().waiting;
        }
        void await_resume() noexcept {}
      };
      return Resume{};
    }
    template <typename U>
    void return_value(U&& result) {
      value.emplace(std::forward<U>(result));
    }
    void unhandled_exception() { failure = std::current_exception(); }
  };

  explicit Task(std::coroutine_handle<promise_type> handle) : handle_(handle) {}
  Task(Task&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Task(const Task&) = delete;
  Task& operator=(const Task&) = delete;
  Task& operator=(Task&&) = delete;
  ~Task() {
    if (handle_) handle_.destroy();
  }

  bool await_ready() const noexcept { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> waiting) noexcept {
    handle_.promise().waiting = waiting;
    return handle_;
  }
  T await_resume() { return take(); }

  // Starts (or continues) it; true once it has a value. For schedulers.
  bool resume() {
    handle_.resume();
    return handle_.done();
  }
  bool done() const { return handle_.done(); }
  T take() {
    if (handle_.promise().failure) std::rethrow_exception(handle_.promise().failure);
    return std::move(*handle_.promise().value);
  }

 private:
  std::coroutine_handle<promise_type> handle_;
};

// Runs a task whose ports all answer at once. Throws std::logic_error if it suspends instead.
template <typename T>
T run(Task<T> task);

// A task that is already decided; what a port returns when it does not have to wait.
template <typename T>
Task<T> answered(T value) {
  co_return std::move(value);
}

}  // namespace mado

#include <stdexcept>

namespace mado {
template <typename T>
T run(Task<T> task) {
  if (!task.resume()) throw std::logic_error("a task was run whose port did not answer at once");
  return task.take();
}
}  // namespace mado
