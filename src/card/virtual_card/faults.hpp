// Faults that tests ask a virtual card for: what happens instead of, or after, one of its answers.
//
// A script has one fault a line, `WHEN WHAT`; empty lines and those that begin with # are nothing. Each happens once.
//   WHEN  apdu N        the N-th command since the script was loaded, from 1
//         ins HH        the first command with this instruction byte
//   WHAT  pull_out         the card is lifted before it takes the command
//         pull_out_after   the card is lifted after it has acted, before it answers
//         status HHHH      it answers this status and does nothing
//         garbage HEX      it answers these bytes (none: an empty answer) and does nothing
//         silence          it does nothing and does not answer
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/refusal.hpp"

namespace mado::card {

struct Fault {
  enum class Kind { pull_out, pull_out_after, answer, silence };
  std::optional<std::uint32_t> apdu;  // one of the two
  std::optional<std::uint8_t> ins;
  Kind kind = Kind::silence;
  Bytes bytes;  // Kind::answer
};

class Faults {
 public:
  // At most 64 faults, 64 KiB. Refusal: input_invalid, naming the line.
  static Outcome<Faults> parse(std::string_view script);

  // The fault for this command, if there is one; it is then used up. Called once for each command.
  std::optional<Fault> next(ByteView command);

 private:
  std::vector<Fault> faults_;
  std::uint32_t seen_ = 0;
};

}  // namespace mado::card
