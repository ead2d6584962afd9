// OCSP from the answering side (RFC 6960): what was asked, and the answer's bytes. Strict: one certificate, SHA-1
// CertID, a nonce of 32 bytes, no signature of the asker; anything else is a malformed request. No clock: the moment is
// handed in, so that the same bytes come out in the simulator.
#pragma once

#include "base/bytes.hpp"
#include "base/instant.hpp"
#include "base/refusal.hpp"
#include "jpki/core/standing.hpp"
#include "trust/digest.hpp"
#include "trust/key.hpp"

namespace mado::jpki {

struct OcspQuestion {
  Bytes certificate_id;  // the CertID as it was sent, to be repeated
  Bytes issuer_name;     // [20] SHA-1 of the issuer's name
  Bytes issuer_key;      // [20] SHA-1 of the issuer's key: tells the generations apart
  Bytes serial;          // magnitude
  Bytes nonce;           // [32]
};
// Refusal: message_malformed.
Outcome<OcspQuestion> read_question(ByteView request);

// A signed answer, DER of an OCSPResponse; producedAt and thisUpdate are `now`, cut to seconds. `responder` is the
// certificate (DER) of the delegated responder and `responder_key_id` its key id. Refusal: internal.
Outcome<Bytes> make_answer(const OcspQuestion& question, const OcspStanding& standing, Instant now,
                           const trust::PrivateKey& responder_key, ByteView responder,
                           const trust::Sha1& responder_key_id);

// Answers without content (RFC 6960 4.2.1); they are not signed.
enum class OcspFailure : std::uint8_t { malformed_request = 1, internal_error = 2, try_later = 3, unauthorized = 6 };
Bytes make_failure(OcspFailure failure);

}  // namespace mado::jpki
