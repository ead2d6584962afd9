// The OCSP responder (有効性確認): answers for every generation whose responder key is in the authority's directory. It
// does not read the authorities' own keys.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "jpki/edge/register.hpp"
#include "trust/x509.hpp"

namespace mado::jpki {

class OcspResponder {
 public:
  // Refusal: configuration_invalid if there is no generation, or a key does not belong to its certificate.
  static Outcome<std::unique_ptr<OcspResponder>> open(const std::filesystem::path& directory);

  // Always an OCSPResponse in DER, ≤8,192 bytes: an answer, or one of RFC 6960's failures. Thread-safe.
  struct Answer {
    Bytes response;
    std::string_view outcome;  // for counting: good, revoked, unknown, malformed, unauthorized, failed
  };
  Answer answer(ByteView request, Instant now);

 private:
  struct Generation {
    trust::X509Certificate authority;
    trust::X509Certificate responder;
    trust::PrivateKey key;
    trust::Sha1 name_digest;
  };
  OcspResponder(std::vector<Generation> generations, std::unique_ptr<CertificateRegister> issued)
      : generations_(std::move(generations)), register_(std::move(issued)) {}
  const Generation* generation_of(const OcspQuestion& question) const;

  std::vector<Generation> generations_;
  std::unique_ptr<CertificateRegister> register_;
};

}  // namespace mado::jpki
