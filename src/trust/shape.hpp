// The exact shapes of CMS that the chain admits, checked byte by byte before OpenSSL sees them (chain rule 1, RFC 5652,
// RFC 5083, RFC 5084). Pure functions over bytes from outside.
#pragma once

#include <string>

#include "base/bytes.hpp"
#include "base/refusal.hpp"

namespace mado::trust {

// SignedData with one SHA-256 digest algorithm, an attached content, exactly one certificate, no CRL, exactly one
// signer, named as that certificate names itself byte for byte, with signed attributes and without unsigned ones.
// Returns the eContentType's content octets. Refusal: message_malformed.
Outcome<Bytes> check_statement_shape(ByteView statement);

// AuthEnvelopedData with one key-agreement recipient, AES-256-GCM with a 12-byte nonce and a 16-byte tag, no
// attributes. `recipient` is the certificate of whoever opens it, which it names byte for byte. Refusal:
// envelope_invalid.
Outcome<void> check_envelope_shape(ByteView envelope, ByteView recipient);

}  // namespace mado::trust
