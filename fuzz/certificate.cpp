// Certificates from outside: a card's, a kiosk's, a session's.
#include "trust/x509.hpp"

#include <array>

#include "fuzz/examine.hpp"
#include "trust/path_check.hpp"

namespace mado::fuzz {

void examine(ByteView input) {
  const auto certificate = trust::X509Certificate::parse(input);
  if (!certificate) {
    claim_is_explained(certificate.error());
    return;
  }
  const auto& facts = certificate->facts();
  claim(certificate->der() == Bytes(input.begin(), input.end()), "a certificate keeps the bytes it was read from");
  claim(input.size() <= trust::X509Certificate::largest, "a certificate is bounded");
  claim(!facts.serial.empty() && facts.serial.size() <= 20, "a serial has 1 to 20 bytes");
  claim(trust::key_id_of(facts.public_key) == facts.key_id, "a key is named by itself");
  (void)trust::kind_of(facts.public_key);
  (void)certificate->pem();
  const std::array authorities{*certificate};
  (void)trust::check_path(*certificate, authorities, trust::user_authentication, facts.not_before);
}

}  // namespace mado::fuzz
