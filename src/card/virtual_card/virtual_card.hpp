// A My Number Card in software (仮想カード): the JPKI application as a state machine without I/O. Bytes in, bytes out.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "base/bytes.hpp"
#include "base/refusal.hpp"
#include "card/apdu.hpp"
#include "card/jpki.hpp"
#include "card/virtual_card/memory.hpp"
#include "card/virtual_card/private_operation.hpp"

namespace mado::card {

class VirtualCard {
 public:
  // `port` must outlive the card. Signs with the RSA keys in `memory`. Refusal: input_invalid if one cannot be read.
  static Outcome<VirtualCard> open(CardMemory memory, MemoryPort& port);
  // The same with keys that lie elsewhere; those in `memory` are not looked at. `port` must outlive the card.
  struct Keys {
    std::shared_ptr<const PrivateOperation> authentication;
    std::shared_ptr<const PrivateOperation> signature;
  };
  static VirtualCard open(CardMemory memory, MemoryPort& port, Keys keys);

  // The answer to one command: data and status, always at least 2 bytes, whatever `command` is.
  // A retry counter is written to the port before a PIN is compared: taking the power away gives no try back.
  Bytes answer(ByteView command);

  // Power was taken away or the card was reset: nothing is selected, no PIN is verified.
  void reset();

  // Answer to reset, ISO/IEC 7816-3: T=1, the one that OpenSC knows as a JPKI card.
  static Bytes atr();

  unsigned authentication_tries() const { return memory_.authentication.tries; }
  unsigned signature_tries() const { return memory_.signature.tries; }

 private:
  VirtualCard(CardMemory memory, MemoryPort& port, Keys keys);

  ResponseApdu run(const CommandApdu& command);
  ResponseApdu select(const CommandApdu& command);
  ResponseApdu select_application(const CommandApdu& command);
  ResponseApdu select_file(const CommandApdu& command);
  ResponseApdu read_binary(const CommandApdu& command);
  ResponseApdu verify(const CommandApdu& command);
  ResponseApdu compare_pin(std::uint16_t file, ByteView offered);
  ResponseApdu change_reference_data(const CommandApdu& command);
  ResponseApdu compute_digital_signature(const CommandApdu& command);
  ResponseApdu get_response(const CommandApdu& command);
  // `data` up to Ne bytes; the rest waits for GET RESPONSE (61xx).
  ResponseApdu deliver(Bytes data, std::optional<std::uint32_t> expected);

  SlotMemory& slot_of_pin(std::uint16_t file);
  bool is_verified(std::uint16_t pin_file) const;
  void set_verified(std::uint16_t pin_file, bool verified);
  Bytes content_of(std::uint16_t file) const;

  CardMemory memory_;
  MemoryPort* port_;
  Keys keys_;

  // Gone without power:
  bool selected_ = false;              // the JPKI application
  std::optional<std::uint16_t> file_;  // the current EF
  bool authentication_verified_ = false;
  bool signature_verified_ = false;
  Bytes waiting_;  // for GET RESPONSE
};

}  // namespace mado::card
