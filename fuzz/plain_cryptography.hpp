// Cryptography without any: every statement is believed, every envelope opens. So a fuzzer gets past what it could
// never forge, to the checks behind it. A statement is {type, signer, content}; a certificate is {signer}; an envelope
// is its content.
#pragma once

#include "trust/cryptography.hpp"

namespace mado::fuzz {

// Signers, by the one byte of their certificates.
inline constexpr std::uint8_t roster_key_1 = 1;
inline constexpr std::uint8_t roster_key_2 = 2;
inline constexpr std::uint8_t city_key = 3;
inline constexpr std::uint8_t center_key = 4;
inline constexpr std::uint8_t device_key = 5;
inline constexpr std::uint8_t card_key = 6;
inline constexpr std::uint8_t session_key = 7;
inline constexpr std::uint8_t receiving_key = 8;

inline constexpr const char* plain_city = "131016";
inline constexpr const char* plain_kiosk = "KIOSK-1";

class PlainCryptography final : public trust::Cryptography {
 public:
  static Bytes sign_as(trust::StatementType type, ByteView content, std::uint8_t signer);

  // A counter's bytes: the same for every input.
  Bytes random(std::size_t size) override;
  Bytes digest(ByteView bytes) override;
  Bytes authentication_code(ByteView key, ByteView bytes) override;
  std::unique_ptr<trust::SigningKey> make_signing_key(Instant at) override;
  std::unique_ptr<trust::ReceivingKey> make_receiving_key(Instant at) override;
  Outcome<Bytes> sign(trust::StatementType type, ByteView content, const trust::SigningKey& key, Instant at) override;
  Outcome<trust::Statement> read(ByteView statement, trust::StatementType expected) override;
  Outcome<trust::PreparedStatement> prepare(trust::StatementType type, ByteView content, ByteView card_certificate,
                                            Instant at) override;
  Outcome<Bytes> complete(const trust::PreparedStatement& prepared, ByteView signature) override;
  Outcome<Bytes> seal(ByteView content, ByteView recipient) override;
  Outcome<Sensitive<Bytes>> open(ByteView envelope, const trust::ReceivingKey& key) override;
  Outcome<trust::CertificateFacts> check_certificate(ByteView certificate, std::span<const Bytes> authorities,
                                                     trust::CertificateUse use, Instant at) override;
  Outcome<trust::CertificateFacts> check_pinned(ByteView certificate, Instant at) override;
  Outcome<Bytes> ocsp_request(const trust::CertificateFacts& card, ByteView nonce) override;
  Outcome<void> check_ocsp(ByteView response, const trust::CertificateFacts& card, ByteView nonce, Instant at) override;
  Bytes wrap(ByteView key, ByteView content, ByteView associated) override;
  Outcome<Bytes> unwrap(ByteView key, ByteView wrapped, ByteView associated) override;

 private:
  std::uint64_t drawn_ = 0;
};

// The signing key with this certificate.
std::unique_ptr<trust::SigningKey> plain_signing_key(std::uint8_t signer);

}  // namespace mado::fuzz
