// What the register knows of one serial, and what a responder says of it.
#pragma once

#include <cstdint>
#include <optional>

#include "jpki/core/revocation.hpp"

namespace mado::jpki {

struct OcspStanding {
  bool known = false;
  std::optional<Revocation> revocation;
};

// CertStatus of RFC 6960 4.2.1. A hold is a revocation like any other.
enum class CertificateStatus : std::uint8_t { good = 0, revoked = 1, unknown = 2 };
CertificateStatus status_of(const OcspStanding& standing);

}  // namespace mado::jpki
