// Which of the center's nodes takes the next call: in turn, whatever session it is of (chain rule 7: any node serves
// any call). A node whose line was down is left out for a while; the call that found it down is not repeated.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "base/instant.hpp"

namespace mado::relay {

class Turns {
 public:
  static constexpr std::chrono::seconds rest{1};

  // `nodes` > 0.
  explicit Turns(std::size_t nodes) : down_since_(nodes) {}

  // A node that is not left out; the next in turn if all are.
  std::size_t next(Instant now);
  void was_down(std::size_t node, Instant now) { down_since_.at(node) = now; }

 private:
  std::vector<std::optional<Instant>> down_since_;
  std::size_t turn_ = 0;
};

}  // namespace mado::relay
