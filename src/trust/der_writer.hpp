// Writing DER (X.690): enough of it for the extensions of a certificate, without any library's configuration language.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "base/bytes.hpp"

namespace mado::trust::der {

// Identifier octets as they stand in the encoding.
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
};
// [number] IMPLICIT of a primitive, and [number] EXPLICIT or IMPLICIT of a constructed type; `number` 0–30.
std::uint8_t context(unsigned number);
std::uint8_t context_constructed(unsigned number);

// One element: identifier, definite length, content.
Bytes element(std::uint8_t tag, ByteView content);
Bytes sequence(std::initializer_list<Bytes> parts);
// "1.2.392.200149.8.5" → an OBJECT IDENTIFIER, tag included. The text must be a valid dotted OID.
Bytes oid(std::string_view dotted);
// A non-negative INTEGER from big-endian octets.
Bytes integer(ByteView magnitude);
Bytes join(std::initializer_list<Bytes> parts);

}  // namespace mado::trust::der
