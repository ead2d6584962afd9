// A fuzz target: one parser of bytes from outside, and what must hold of it whatever the bytes are. The same file is
// built twice: with libFuzzer (preset `fuzz`, script/fuzz), and with a small main that replays the committed corpus,
// which CTest runs in every other preset.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/refusal.hpp"

namespace mado::fuzz {

// Each target defines it. Called with one input after another in the same process: nothing may carry over.
void examine(ByteView input);

// Ends the process, saying `what`, if it does not hold: a finding.
void claim(bool holds, std::string_view what);

// A refusal has a cause, and the cause is one for a log: bounded, without control characters.
void claim_is_explained(const Refusal& refusal);
// And it repeats nothing of `secret`: no `stretch` bytes of it without an ASCII letter or a space, which is how names,
// addresses and numbers look, and how our own sentences do not.
void claim_keeps_back(const Refusal& refusal, std::string_view secret, std::size_t stretch);

// The input as a text; a view of the same memory.
std::string_view text_of(ByteView input);

// Takes pieces off the front of the input. Once it is used up, everything is zero or empty.
class Pieces {
 public:
  explicit Pieces(ByteView input) : rest_(input) {}

  bool empty() const { return rest_.empty(); }
  std::uint8_t byte();
  // Two bytes of length, big-endian, then so many bytes or all that is left.
  ByteView frame();
  ByteView rest() const { return rest_; }

 private:
  ByteView rest_;
};

// `genuine` with changes: each three bytes of `changes` say where (big-endian, modulo its size) and which bits to turn.
Bytes tampered(Bytes genuine, ByteView changes);

}  // namespace mado::fuzz
