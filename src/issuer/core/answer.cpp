#include "issuer/core/answer.hpp"

#include <algorithm>

namespace mado::issuer {

Instant refusal_moment(Instant asked, Instant ready, std::chrono::milliseconds delay) {
  if (delay.count() <= 0) return ready;
  const auto took = ready - asked;  // below 0 if the clock was set back meanwhile
  const auto delays = (took + delay - std::chrono::milliseconds{1}) / delay;
  return asked + std::max<std::int64_t>(delays, 1) * delay;
}

}  // namespace mado::issuer
