// The production cryptography of a headless kiosk, which keeps what its session signed and what the city sealed to it:
// the evidence that somebody else judges (bench/load.cpp, tests/oracle).
#pragma once

#include <memory>

#include "trust/cryptography.hpp"

namespace mado::bench {

// Statements, each a CMS SignedData in DER, of the session's last application.
struct Evidence {
  Bytes opening;      // signed by the card
  Bytes application;  // by the session
  Bytes certificate;  // by the city, as it came out of the envelope
};

class Witness final : public trust::Cryptography {
 public:
  explicit Witness(std::shared_ptr<Evidence> evidence);

  Bytes random(std::size_t size) override { return real_->random(size); }
  Bytes digest(ByteView bytes) override { return real_->digest(bytes); }
  Bytes authentication_code(ByteView key, ByteView bytes) override { return real_->authentication_code(key, bytes); }
  std::unique_ptr<trust::SigningKey> make_signing_key(Instant at) override { return real_->make_signing_key(at); }
  std::unique_ptr<trust::ReceivingKey> make_receiving_key(Instant at) override { return real_->make_receiving_key(at); }
  Outcome<Bytes> sign(trust::StatementType type, ByteView content, const trust::SigningKey& key, Instant at) override;
  Outcome<trust::Statement> read(ByteView statement, trust::StatementType expected) override {
    return real_->read(statement, expected);
  }
  Outcome<trust::PreparedStatement> prepare(trust::StatementType type, ByteView content, ByteView card_certificate,
                                            Instant at) override {
    return real_->prepare(type, content, card_certificate, at);
  }
  Outcome<Bytes> complete(const trust::PreparedStatement& prepared, ByteView signature) override;
  Outcome<Bytes> seal(ByteView content, ByteView recipient) override { return real_->seal(content, recipient); }
  Outcome<Sensitive<Bytes>> open(ByteView envelope, const trust::ReceivingKey& key) override;
  Outcome<trust::CertificateFacts> check_certificate(ByteView certificate, std::span<const Bytes> authorities,
                                                     trust::CertificateUse use, Instant at) override {
    return real_->check_certificate(certificate, authorities, use, at);
  }
  Outcome<trust::CertificateFacts> check_pinned(ByteView certificate, Instant at) override {
    return real_->check_pinned(certificate, at);
  }
  Outcome<Bytes> ocsp_request(const trust::CertificateFacts& card, ByteView nonce) override {
    return real_->ocsp_request(card, nonce);
  }
  Outcome<void> check_ocsp(ByteView response, const trust::CertificateFacts& card, ByteView nonce,
                           Instant at) override {
    return real_->check_ocsp(response, card, nonce, at);
  }
  Bytes wrap(ByteView key, ByteView content, ByteView associated) override {
    return real_->wrap(key, content, associated);
  }
  Outcome<Bytes> unwrap(ByteView key, ByteView wrapped, ByteView associated) override {
    return real_->unwrap(key, wrapped, associated);
  }

 private:
  std::unique_ptr<trust::Cryptography> real_;
  std::shared_ptr<Evidence> evidence_;
};

}  // namespace mado::bench
