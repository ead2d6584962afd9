// The two small files of the JPKI application that say what the card is.
#pragma once

#include "base/bytes.hpp"

namespace mado::card {

// EF 0006: PKCS #11 CK_TOKEN_INFO, big-endian, 160 bytes; the label is JPKIAPICCTOKEN2, that of a card of today.
Bytes token_information();

// EF 0008: one byte for each certificate (署名用, 利用者証明用), 8F if it is installed and 00 if not, and a zero.
Bytes availability(bool has_signature_certificate, bool has_authentication_certificate);

}  // namespace mado::card
