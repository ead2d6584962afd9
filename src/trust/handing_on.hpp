// Cryptography that hands every call on, for whoever looks at a few of them: derive, and override those.
#pragma once

#include "trust/cryptography.hpp"

namespace mado::trust {

class HandingOn : public Cryptography {
 public:
  // `next` outlives this.
  explicit HandingOn(Cryptography& next) : next_(next) {}

  Bytes random(std::size_t size) override { return next_.random(size); }
  Bytes digest(ByteView bytes) override { return next_.digest(bytes); }
  Bytes authentication_code(ByteView key, ByteView bytes) override { return next_.authentication_code(key, bytes); }
  std::unique_ptr<SigningKey> make_signing_key(Instant at) override { return next_.make_signing_key(at); }
  std::unique_ptr<ReceivingKey> make_receiving_key(Instant at) override { return next_.make_receiving_key(at); }
  Outcome<Bytes> sign(StatementType type, ByteView content, const SigningKey& key, Instant at) override {
    return next_.sign(type, content, key, at);
  }
  Outcome<Statement> read(ByteView statement, StatementType expected) override {
    return next_.read(statement, expected);
  }
  Outcome<PreparedStatement> prepare(StatementType type, ByteView content, ByteView card_certificate,
                                     Instant at) override {
    return next_.prepare(type, content, card_certificate, at);
  }
  Outcome<Bytes> complete(const PreparedStatement& prepared, ByteView signature) override {
    return next_.complete(prepared, signature);
  }
  Outcome<Bytes> seal(ByteView content, ByteView recipient) override { return next_.seal(content, recipient); }
  Outcome<Sensitive<Bytes>> open(ByteView envelope, const ReceivingKey& key) override {
    return next_.open(envelope, key);
  }
  Outcome<CertificateFacts> check_certificate(ByteView certificate, std::span<const Bytes> authorities,
                                              CertificateUse use, Instant at) override {
    return next_.check_certificate(certificate, authorities, use, at);
  }
  Outcome<CertificateFacts> check_pinned(ByteView certificate, Instant at) override {
    return next_.check_pinned(certificate, at);
  }
  Outcome<Bytes> ocsp_request(const CertificateFacts& card, ByteView nonce) override {
    return next_.ocsp_request(card, nonce);
  }
  Outcome<void> check_ocsp(ByteView response, const CertificateFacts& card, ByteView nonce, Instant at) override {
    return next_.check_ocsp(response, card, nonce, at);
  }
  Bytes wrap(ByteView key, ByteView content, ByteView associated) override {
    return next_.wrap(key, content, associated);
  }
  Outcome<Bytes> unwrap(ByteView key, ByteView wrapped, ByteView associated) override {
    return next_.unwrap(key, wrapped, associated);
  }

 private:
  Cryptography& next_;
};

}  // namespace mado::trust
