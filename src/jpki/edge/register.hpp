// The register of issued certificates (発行記録): serials, standing, and no person. One SQLite file, shared by the
// serving process and the commands that issue and revoke.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "base/bytes.hpp"
#include "base/crash_point.hpp"
#include "base/instant.hpp"
#include "base/refusal.hpp"
#include "jpki/core/ocsp_answer.hpp"
#include "jpki/core/profile.hpp"
#include "jpki/core/revocation.hpp"

namespace mado::jpki {

struct IssuedCertificate {
  Bytes issuer_key;  // [20] key id of the generation that issued it
  Bytes serial;
  Kind kind = Kind::authentication;
  Instant not_after;
};

// Thread-safe. Every refusal without a note is storage_failed.
class CertificateRegister {
 public:
  // `first_serial` starts the counter when the file is made: 4 bytes, drawn at random.
  static Outcome<std::unique_ptr<CertificateRegister>> open(const std::filesystem::path& file,
                                                            std::uint32_t first_serial);
  ~CertificateRegister();

  // Takes the next serial, lets `make` build and sign the certificate that bears it, and records it, all or nothing.
  // Refusal: whatever `make` refuses.
  using Make = std::function<Outcome<IssuedCertificate>(const Bytes& serial)>;
  Outcome<void> issue(CrashPoint point, const Make& make, Instant at);

  // The standing of a serial of one generation.
  Outcome<OcspStanding> standing(ByteView issuer_key, ByteView serial);

  // Revokes; returns what stands. Refusals: input_invalid (no such serial, or a hold of what is revoked for good).
  Outcome<Revocation> revoke(ByteView issuer_key, ByteView serial, RevocationReason reason, Instant at);
  // The generation that issued this serial: serials are unique over all generations. Refusal: input_invalid.
  Outcome<Bytes> issuer_of(ByteView serial);

 private:
  struct Inside;
  explicit CertificateRegister(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace mado::jpki
