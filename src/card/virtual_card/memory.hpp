// What a virtual card keeps when it has no power: PINs, counters, keys, certificates; and the port that keeps it.
#pragma once

#include <cstdint>
#include <string>

#include "base/bytes.hpp"
#include "base/crash_point.hpp"
#include "base/refusal.hpp"
#include "base/sensitive.hpp"
#include "card/jpki.hpp"

namespace mado::card {

// One of the application's two slots.
struct SlotMemory {
  Sensitive<std::string> pin;
  std::uint8_t tries = 0;  // that remain; 0: blocked, which nothing here undoes
  Sensitive<Bytes> key;    // PKCS #8, DER
  Bytes certificate;       // DER, ≤ 1,900 bytes; empty: none is installed
  Bytes authority;         // its CA's
};

struct CardMemory {
  SlotMemory authentication;
  SlotMemory signature;
};

// Where the memory lies.
class MemoryPort {
 public:
  virtual ~MemoryPort() = default;
  // All of it at once or nothing, and durable when it returns. Refusal: storage_failed.
  virtual Outcome<void> write(CrashPoint point, const CardMemory& memory) = 0;
};

}  // namespace mado::card
