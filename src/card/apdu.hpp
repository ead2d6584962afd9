// Commands to a card and its answers (APDU), as ISO/IEC 7816-4:2005 §5.1 writes them down. Parsing takes bytes from
// outside: it is strict, bounded, and never reads past what it is given.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "base/sensitive.hpp"

namespace mado::card {

// One command. `data` may hold a PIN, so it is wiped with the command and cannot be copied by accident.
struct CommandApdu {
  std::uint8_t cla = 0;
  std::uint8_t ins = 0;
  std::uint8_t p1 = 0;
  std::uint8_t p2 = 0;
  Sensitive<Bytes> data;                  // ≤ 65,535 bytes; empty: no Lc field
  std::optional<std::uint32_t> expected;  // Ne, the most bytes the answer may hold, 1–65,536; none: no Le field

  // SELECT of an application by its name (DF), no data wanted back: 7816-4:2005 §7.1.1. `aid` has 1–16 bytes.
  static CommandApdu select_application(ByteView aid);
  // SELECT of an elementary file under the current application: 7816-4:2005 §7.1.1.
  static CommandApdu select_file(std::uint16_t file);
  // READ BINARY of the current file: 7816-4:2005 §7.2.3. `offset` < 32,768; `length` 1–65,536.
  static CommandApdu read_binary(std::uint16_t offset, std::uint32_t length);
  // VERIFY of the selected PIN: 7816-4:2005 §7.5.6. `pin` as the card compares it, unpadded.
  static CommandApdu verify(ByteView pin);
  // VERIFY without a body: asks for the tries that remain: 7816-4:2005 §7.5.6.
  static CommandApdu verify_query();
  // CHANGE REFERENCE DATA with the new PIN alone, after VERIFY of the old: 7816-4:2005 §7.5.7, P1 = 01.
  static CommandApdu change_reference_data(ByteView new_pin);
  // COMPUTE DIGITAL SIGNATURE over `digest_info` with the selected key. The operation of 7816-8:2004 (PERFORM SECURITY
  // OPERATION), in the proprietary class that the JPKI application takes: CLA 80, P1 00, P2 80.
  static CommandApdu compute_digital_signature(ByteView digest_info);
  // GET RESPONSE, for an answer that did not fit: 7816-4:2005 §7.6.1. `length` 1–256.
  static CommandApdu get_response(std::uint32_t length);

  // The bytes on the wire: short fields if data ≤ 255 and Ne ≤ 256, else extended (7816-4:2005 §5.1, Table 5).
  Sensitive<Bytes> encoded() const;

  // Reads cases 1, 2, 3 and 4, short and extended. The error is a sentence for staff; it never holds data.
  static std::expected<CommandApdu, std::string> parse(ByteView wire);
};

// One answer: data, then the two status bytes.
struct ResponseApdu {
  Bytes data;            // ≤ 65,536 bytes
  std::uint16_t sw = 0;  // SW1 SW2

  Bytes encoded() const;
  // At least 2 and at most 65,538 bytes, and SW1 is 6x or 9x but not 60 (7816-4:2005 §5.1.3).
  static std::expected<ResponseApdu, std::string> parse(ByteView wire);
};

// "6A82"
std::string status_text(std::uint16_t sw);

}  // namespace mado::card
