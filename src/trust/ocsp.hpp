// The validity check (有効性確認) by OCSP, from the asking side: RFC 6960 with a nonce of 32 bytes (RFC 8954) that is
// the digest of the very statement for which the card is checked. chain.md, message 2.
#pragma once

#include <chrono>

#include "base/bytes.hpp"
#include "base/instant.hpp"
#include "base/refusal.hpp"

namespace mado::trust {

inline constexpr std::size_t ocsp_nonce_size = 32;
inline constexpr std::size_t largest_ocsp_request = 4096;   // contracts: StatusQuery
inline constexpr std::size_t largest_ocsp_response = 8192;  // contracts: StatusAnswer

// A request about one certificate, named by SHA-1 of its issuer's name and key and by its serial. `authority` is the
// issuer's certificate in DER, `nonce` has 32 bytes. Refusal: input_invalid.
Outcome<Bytes> build_ocsp_request(ByteView authority, ByteView serial, ByteView nonce);

struct OcspExpectation {
  Bytes authority;  // the issuing CA's certificate, DER
  Bytes serial;     // big-endian, no leading zero
  Bytes nonce;      // [32]
};

// How far a responder's clock may be ahead of ours (chain rule 13).
inline constexpr std::chrono::seconds ocsp_clock_skew{5};

// Whether `response` (DER) says "good" about exactly what was asked. Refusals:
//   check_unavailable   no answer in it: not OCSP, too large, or the responder reports an error
//   check_not_ours      signed by nobody whom this very CA key authorised, another nonce, another certificate
//   check_stale         produced more than `max_age` ago, or more than 5 s from now, or past its nextUpdate
//   card_revoked        revoked, whatever the reason; also on hold (一時保留), which JPKI never releases
//   card_unknown_issuer the CA does not know the serial
Outcome<void> check_ocsp(ByteView response, const OcspExpectation& expected, Instant now,
                         std::chrono::milliseconds max_age);

}  // namespace mado::trust
