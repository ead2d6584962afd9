// What a slot's key does inside the card, and nothing else does with it (秘密鍵演算).
#pragma once

#include <cstddef>

#include "base/bytes.hpp"
#include "base/refusal.hpp"

namespace mado::card {

class PrivateOperation {
 public:
  virtual ~PrivateOperation() = default;
  // The longest input of sign(), in bytes.
  virtual std::size_t largest_input() const = 0;
  // The signature over `input` as it is. Refusals: input_invalid if it is too long; internal.
  virtual Outcome<Bytes> sign(ByteView input) const = 0;
};

}  // namespace mado::card
