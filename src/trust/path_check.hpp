// Whether a certificate was issued by a pinned authority and may be used for a purpose (証明書の検証). Paths have
// exactly one step: every authority of the product issues directly, as JPKI's do. Authorities are found by key, never
// by name: all generations of JPKI's authorities share one name.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "trust/x509.hpp"

namespace mado::trust {

enum class PathFault {
  unknown_issuer,  // no authority has the key that the certificate names
  bad_signature,   // that authority's key did not sign it
  not_yet_valid,
  expired,
  issuer_not_valid,     // the authority itself is outside its validity
  issuer_no_authority,  // basicConstraints or keyUsage of the authority do not allow it to issue
  is_authority,         // an authority's certificate where an end entity's is wanted
  wrong_key_usage,
  wrong_extended_usage,
  wrong_policy,
  other,  // anything else that OpenSSL's path validation found, as unknown critical extensions
};
std::string_view text_of(PathFault fault);

struct Purpose {
  std::uint8_t key_usage = 0;       // bits that must all be set
  std::string_view extended_usage;  // dotted; empty: not asked for
  std::string_view policy;          // dotted; empty: not asked for
};

// 利用者証明用電子証明書 of a card (policy of JPKI's CPS).
inline constexpr Purpose user_authentication{digital_signature, {}, "1.2.392.200149.8.5.1.3.30"};
// A kiosk's device key, a city's or the center's statement key.
inline constexpr Purpose statement_signing{digital_signature, {}, {}};
// A city's receiving key.
inline constexpr Purpose receiving{key_agreement, {}, {}};

// The authority among `authorities` whose key the certificate's authorityKeyIdentifier names; null if none.
const X509Certificate* issuer_of(const X509Certificate& certificate, std::span<const X509Certificate> authorities);

// Every fault found at the moment `at`, each once; empty if there is none.
std::vector<PathFault> check_path(const X509Certificate& certificate, std::span<const X509Certificate> authorities,
                                  const Purpose& purpose, Instant at);

}  // namespace mado::trust
