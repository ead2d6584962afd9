#include "relay/core/turns.hpp"

namespace mado::relay {

std::size_t Turns::next(const std::vector<bool>& stands) {
  const auto first = turn_++ % stands.size();
  for (std::size_t i = 0; i < stands.size(); ++i) {
    const auto node = (first + i) % stands.size();
    if (stands[node]) return node;
  }
  return first;
}

}  // namespace mado::relay
