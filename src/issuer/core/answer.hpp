// What leaves the city, and when. Pure.
#pragma once

#include "base/bytes.hpp"
#include "base/instant.hpp"
#include "base/refusal.hpp"

namespace mado::issuer {

// An answer, and the moment before which it must not leave (chain rule 9); 0: it may leave at once.
struct Answer {
  Answer(Outcome<Bytes> said, Instant leaves = {}) : content(std::move(said)), not_before(leaves) {}  // NOLINT
  Answer(std::unexpected<Refusal> refusal) : content(std::move(refusal)) {}                           // NOLINT

  Outcome<Bytes> content;
  Instant not_before;
};

// When a refusal leaves that was asked for at `asked` and is ready at `ready`: `delay` later, or a whole number of
// delays later if it took longer to make. So its time tells nothing of the path that led to it. `delay` 0: when it is
// ready.
Instant refusal_moment(Instant asked, Instant ready, std::chrono::milliseconds delay);

}  // namespace mado::issuer
