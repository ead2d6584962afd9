#include "relay/core/turns.hpp"

namespace mado::relay {

std::size_t Turns::next(Instant now) {
  const auto count = down_since_.size();
  const auto first = turn_++ % count;
  for (std::size_t i = 0; i < count; ++i) {
    const auto node = (first + i) % count;
    const auto& down = down_since_[node];
    if (!down || now - *down >= rest) return node;
  }
  return first;
}

}  // namespace mado::relay
