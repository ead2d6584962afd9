// Writing DER (X.690): enough of it for the extensions of a certificate, without any library's configuration language.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "base/bytes.hpp"
#include "trust/der_tag.hpp"

namespace mado::trust::der {

// One element: identifier, definite length, content.
Bytes element(std::uint8_t tag, ByteView content);
Bytes sequence(std::initializer_list<Bytes> parts);
// "1.2.392.200149.8.5" → an OBJECT IDENTIFIER, tag included. The text must be a valid dotted OID.
Bytes oid(std::string_view dotted);
// A non-negative INTEGER from big-endian octets.
Bytes integer(ByteView magnitude);
Bytes join(std::initializer_list<Bytes> parts);

}  // namespace mado::trust::der
