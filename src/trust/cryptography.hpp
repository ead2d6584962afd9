// What the cores may do with keys, as a port: real with OpenSSL (openssl_cryptography.hpp); in the simulator a stand-in
// that keeps the algebra of who may sign and who may open. Also the source of randomness, so that a core has none of
// its own.
//
// A statement (署名文) is CMS SignedData over a contract message (chain rule 1): one signer, SHA-256, signed
// attributes, an eContentType of its own for each type, ESS signing-certificate-v2. An envelope (封書) is CMS
// AuthEnvelopedData: AES-256-GCM, 12-byte nonce, 16-byte tag, one P-256 recipient, no attributes; its content is padded
// to a size class.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/refusal.hpp"
#include "base/sensitive.hpp"

namespace mado::trust {

enum class StatementType {
  challenge,
  opening,
  endorsement,
  check,
  menu_request,
  menu,
  city_refusal,
  application,
  certificate,
  guard_grant,
  confirmation,
  release,
  receipt,
  roster,
  acknowledgement,
  domicile_application,
  domicile_acceptance,
};
inline constexpr int statement_type_count = 17;

// The dotted eContentType: 2.25.<a UUID of this project>.<n> (ITU-T X.667).
std::string_view object_identifier(StatementType type);

// Keys are opaque; they are made by the same implementation that uses them.
class SigningKey {
 public:
  virtual ~SigningKey() = default;
  virtual const Bytes& certificate() const = 0;  // X.509 in DER
};
class ReceivingKey {
 public:
  virtual ~ReceivingKey() = default;
  virtual const Bytes& certificate() const = 0;  // X.509 in DER
};

// A statement whose shape, attributes and signature hold. Whether its signer may say so is for the caller to decide.
struct Statement {
  StatementType type;
  Bytes content;             // serialised contract message
  Bytes signer_certificate;  // DER, as embedded
  Bytes digest;              // SHA-256 over the whole statement
  Instant signed_at;         // by the signer's clock
};

struct CertificateFacts {
  Bytes serial;             // big-endian, no leading zero
  Bytes issuer_key;         // [20] SHA-1 of the issuing CA's public key bits
  Bytes public_key_digest;  // [32] SHA-256 of the subjectPublicKeyInfo
  std::string common_name;
  std::string organizational_unit;  // of a kiosk's device key: where it stands; empty if absent
  std::string subject_serial;       // subject's serialNumber attribute: 団体コード of a city's key
  Bytes authority;                  // DER of the CA that vouches for it
};

// What a certificate is shown for: a card's 利用者証明用 certificate must carry JPKI's policy, a kiosk's device key
// must be one for signing.
enum class CertificateUse { card, device };

// What a card must sign for its opening: everything but the signature is already made.
struct PreparedStatement {
  StatementType type;
  Bytes unsigned_statement;  // the CMS with an empty place for the signature
  Bytes digest_info;         // PKCS#1 DigestInfo of the signed attributes: what COMPUTE DIGITAL SIGNATURE takes
};

class Cryptography {
 public:
  virtual ~Cryptography() = default;

  virtual Bytes random(std::size_t size) = 0;
  Id random_id();
  virtual Bytes digest(ByteView bytes) = 0;                             // SHA-256
  virtual Bytes authentication_code(ByteView key, ByteView bytes) = 0;  // HMAC-SHA-256

  // A fresh P-256 key with a self-signed certificate, for one session.
  virtual std::unique_ptr<SigningKey> make_signing_key(Instant at) = 0;
  virtual std::unique_ptr<ReceivingKey> make_receiving_key(Instant at) = 0;

  virtual Outcome<Bytes> sign(StatementType type, ByteView content, const SigningKey& key, Instant at) = 0;
  // Refusals: message_malformed (shape), statement_invalid (another type, attributes, signature).
  virtual Outcome<Statement> read(ByteView statement, StatementType expected) = 0;

  // The two halves of a signature that a card makes. `signature` is what the card answered.
  virtual Outcome<PreparedStatement> prepare(StatementType type, ByteView content, ByteView card_certificate,
                                             Instant at) = 0;
  virtual Outcome<Bytes> complete(const PreparedStatement& prepared, ByteView signature) = 0;

  // Seals for the holder of `recipient`'s key (X.509 in DER).
  virtual Outcome<Bytes> seal(ByteView content, ByteView recipient) = 0;
  // Refusal: envelope_invalid for any other shape, key, or one changed bit.
  virtual Outcome<Sensitive<Bytes>> open(ByteView envelope, const ReceivingKey& key) = 0;

  // Whether one of `authorities` (X.509 in DER) issued `certificate`, and both are valid at `at`. Refusals:
  // card_unknown_issuer, card_expired.
  virtual Outcome<CertificateFacts> check_certificate(ByteView certificate, std::span<const Bytes> authorities,
                                                      CertificateUse use, Instant at) = 0;
  // Whether `certificate` is valid at `at` and, if its subject has one, its serialNumber; for keys that the roster
  // pins.
  virtual Outcome<CertificateFacts> check_pinned(ByteView certificate, Instant at) = 0;

  virtual Outcome<Bytes> ocsp_request(const CertificateFacts& card, ByteView nonce) = 0;
  // Refusals: check_unavailable, check_stale (produced more than 60 s ago), check_not_ours (nonce, certificate,
  // responder), card_revoked, card_unknown_issuer (unknown to the CA).
  virtual Outcome<void> check_ocsp(ByteView response, const CertificateFacts& card, ByteView nonce, Instant at) = 0;

  // AES-256-GCM under a key that only the caller's nodes hold, with associated data: the center's token.
  virtual Bytes wrap(ByteView key, ByteView content, ByteView associated) = 0;
  virtual Outcome<Bytes> unwrap(ByteView key, ByteView wrapped, ByteView associated) = 0;
};

}  // namespace mado::trust
