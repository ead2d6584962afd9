// The certificate authority (認証局) on disk: its generations' keys and certificates, their responders, and the
// register.
//
//   DIRECTORY/register.db
//   DIRECTORY/authentication-1.{pem,key}, responder-authentication-1.{pem,key}   generation 1 for 利用者証明用
//   DIRECTORY/signature-1.{pem,key}, responder-signature-1.{pem,key}             generation 1 for 署名用
// Later generations count on. All of one kind share a name; only the key tells them apart.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "jpki/edge/register.hpp"
#include "trust/x509.hpp"

namespace mado::jpki {

struct AuthenticationRequest {
  Bytes public_key;  // subjectPublicKeyInfo, RSA-2048
  Municipality municipality;
  Day birth;
  Day card_expiry;
};
struct SignatureRequest {
  Bytes public_key;
  Municipality municipality;
  FourFacts facts;
  Day card_expiry;
};

class CertificateAuthority {
 public:
  // Makes what is missing of generation 1 of both kinds. Idempotent. Refusals: storage_failed, configuration_invalid.
  static Outcome<void> initialise(const std::filesystem::path& directory, Instant now);
  // Makes the next generation of one kind; from then on it issues. Returns its number.
  static Outcome<int> add_generation(const std::filesystem::path& directory, Kind kind, Instant now);
  // Refusal: configuration_invalid if the directory was not initialised.
  static Outcome<std::unique_ptr<CertificateAuthority>> open(const std::filesystem::path& directory);

  // Issued by the newest generation. Refusals: input_invalid (the key is not RSA-2048, more than 1,900 bytes, a text),
  // under_age (署名用 under 15 years), storage_failed.
  Outcome<trust::X509Certificate> issue(const AuthenticationRequest& request, Instant now);
  Outcome<trust::X509Certificate> issue(const SignatureRequest& request, Instant now);

  Outcome<Revocation> revoke(ByteView serial, RevocationReason reason, Instant now);

 private:
  // Fills the profile in; called with the serial and the issuing generation's key id.
  using Fill = std::function<Outcome<trust::Issuing>(const Particulars&, const trust::Sha1& authority_key_id)>;
  CertificateAuthority(std::filesystem::path directory, std::unique_ptr<CertificateRegister> issued)
      : directory_(std::move(directory)), register_(std::move(issued)) {}
  Outcome<trust::X509Certificate> issue_by_newest(Kind kind, Particulars particulars, Instant now, const Fill& fill);

  std::filesystem::path directory_;
  std::unique_ptr<CertificateRegister> register_;
};

// Where the files of a generation are, and how many generations there are.
struct KeyFiles {
  std::filesystem::path certificate;
  std::filesystem::path key;
};
KeyFiles generation_files(const std::filesystem::path& directory, Kind kind, int number);
KeyFiles responder_files(const std::filesystem::path& directory, Kind kind, int number);
int count_generations(const std::filesystem::path& directory, Kind kind);
Outcome<std::unique_ptr<CertificateRegister>> open_register(const std::filesystem::path& directory);

}  // namespace mado::jpki
