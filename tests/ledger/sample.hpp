// Ids and digests that show by their one byte which they are.
#pragma once

#include "base/bytes.hpp"
#include "base/id.hpp"

namespace mado::ledger {

inline Id id_of(std::uint8_t number) {
  Id id;
  id.bits.fill(number);
  return id;
}
inline Bytes digest_of(std::uint8_t number) { return Bytes(32, number); }

}  // namespace mado::ledger
