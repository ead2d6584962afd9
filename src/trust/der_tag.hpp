// Identifier octets of DER (ITU-T X.690 §8.1.2) as they stand in the encoding.
#pragma once

#include <cstdint>

namespace mado::trust::der {

enum Tag : std::uint8_t {
  boolean = 0x01,
  integer_tag = 0x02,
  bit_string = 0x03,
  octet_string = 0x04,
  null_tag = 0x05,
  object = 0x06,
  utf8_string = 0x0c,
  ia5_string = 0x16,
  sequence_tag = 0x30,
  set_tag = 0x31,
};

// [number] IMPLICIT of a primitive, and [number] EXPLICIT or IMPLICIT of a constructed type; `number` 0–30.
constexpr std::uint8_t context(unsigned number) { return static_cast<std::uint8_t>(0x80U | number); }
constexpr std::uint8_t context_constructed(unsigned number) { return static_cast<std::uint8_t>(0xa0U | number); }

}  // namespace mado::trust::der
