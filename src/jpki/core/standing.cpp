#include "jpki/core/standing.hpp"

namespace mado::jpki {

CertificateStatus status_of(const OcspStanding& standing) {
  if (!standing.known) return CertificateStatus::unknown;
  return standing.revocation ? CertificateStatus::revoked : CertificateStatus::good;
}

}  // namespace mado::jpki
