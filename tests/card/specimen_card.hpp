// A card for tests: real keys, certificates that only look like such from outside.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "card/reader.hpp"
#include "card/virtual_card/rsa_key.hpp"
#include "card/virtual_card/virtual_card.hpp"

namespace mado::card {

inline const std::string specimen_pin = "1234";
inline const std::string specimen_signature_pin = "ABC123";

// `size` bytes that begin as a DER certificate of that length does.
inline Bytes looks_like_certificate(std::size_t size) {
  Bytes bytes(size, 0x5A);
  const auto content = size - 4;
  bytes[0] = 0x30;
  bytes[1] = 0x82;
  bytes[2] = static_cast<std::uint8_t>(content >> 8);
  bytes[3] = static_cast<std::uint8_t>(content);
  return bytes;
}

// One key for all tests: making one takes long.
inline const RsaKey& specimen_key() {
  static const RsaKey key = RsaKey::generate(2048).value();
  return key;
}

inline SlotMemory specimen_slot(const jpki::Slot& rules, const std::string& pin) {
  SlotMemory slot;
  slot.pin = Sensitive{pin};
  slot.tries = rules.tries;
  slot.key = specimen_key().private_der();
  slot.certificate = looks_like_certificate(1740);
  slot.authority = looks_like_certificate(1304);
  return slot;
}

inline CardMemory specimen_memory() {
  return {specimen_slot(jpki::authentication, specimen_pin), specimen_slot(jpki::signature, specimen_signature_pin)};
}

// Remembers what was written, and can be told to fail.
class RememberedMemory : public MemoryPort {
 public:
  Outcome<void> write(CrashPoint, const CardMemory& memory) override {
    if (fails) return refuse(Reason::storage_failed, "told to");
    written.emplace_back(memory.authentication.tries, memory.signature.tries);
    return {};
  }
  bool fails = false;
  std::vector<std::pair<unsigned, unsigned>> written;  // tries: authentication, signature
};

// A reader whose card is a function.
class FunctionReader : public Reader {
 public:
  using Answer = std::function<Outcome<Bytes>(ByteView)>;
  explicit FunctionReader(Answer answer) : answer_(std::move(answer)) {}
  Outcome<bool> card_present() override { return true; }
  Outcome<Bytes> power_on() override { return VirtualCard::atr(); }
  Outcome<Bytes> transmit(ByteView command) override {
    commands.emplace_back(command.begin(), command.end());
    return answer_(command);
  }
  void power_off() override { ++times_off; }

  std::vector<Bytes> commands;
  int times_off = 0;

 private:
  Answer answer_;
};

}  // namespace mado::card
