// Personal data and secrets (個人情報・秘密) have a type of their own: it cannot be formatted, streamed or compared by
// accident, and its memory is wiped when it is destroyed or moved from. Promise P3, design principle 7.
#pragma once

#include <concepts>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace mado {

// Overwrites `size` bytes at `memory` with zeros in a way that the compiler does not remove.
void wipe(void* memory, std::size_t size);

inline void wipe(std::string& text) {
  wipe(text.data(), text.capacity());
  text.clear();
}
template <typename Element>
  requires std::is_trivially_copyable_v<Element>
void wipe(std::vector<Element>& elements) {
  wipe(elements.data(), elements.capacity() * sizeof(Element));
  elements.clear();
}

template <typename T>
concept Wipeable = requires(T& value) { wipe(value); };

// Owns a T that nobody may print. The one way in is `reveal()`, easy to find in a review. Copying is explicit.
template <Wipeable T>
class Sensitive {
 public:
  Sensitive() = default;
  explicit Sensitive(T value) : value_(std::move(value)) {}
  Sensitive(Sensitive&& other) noexcept : value_(std::move(other.value_)) { wipe(other.value_); }
  Sensitive& operator=(Sensitive&& other) noexcept {
    if (this != &other) {
      wipe(value_);
      value_ = std::move(other.value_);
      wipe(other.value_);
    }
    return *this;
  }
  Sensitive(const Sensitive&) = delete;
  Sensitive& operator=(const Sensitive&) = delete;
  ~Sensitive() { wipe(value_); }

  const T& reveal() const { return value_; }
  T& reveal() { return value_; }
  Sensitive copy() const { return Sensitive{value_}; }
  void clear() { wipe(value_); }

 private:
  T value_{};
};

}  // namespace mado
