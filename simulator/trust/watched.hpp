// Cryptography as one kiosk uses it; which card's signature became which opening is a fact.
#pragma once

#include "madoguchi/v1/statements.pb.h"
#include "simulator/invariants/book.hpp"
#include "trust/cryptography.hpp"
#include "wire/message.hpp"

namespace mado::simulator {

class WatchedCryptography final : public trust::Cryptography {
 public:
  WatchedCryptography(trust::Cryptography& held, Book& book) : held_(held), book_(book) {}

  Outcome<trust::PreparedStatement> prepare(trust::StatementType type, ByteView content, ByteView card_certificate,
                                            Instant at) override {
    if (const auto opening = wire::parse<v1::Opening>(content, "opening")) expires_ = Instant{opening->expires_at()};
    return held_.prepare(type, content, card_certificate, at);
  }
  Outcome<Bytes> complete(const trust::PreparedStatement& prepared, ByteView signature) override {
    auto statement = held_.complete(prepared, signature);
    if (statement) book_.opening_completed(held_.digest(*statement), signature, expires_);
    return statement;
  }

  Bytes random(std::size_t size) override { return held_.random(size); }
  Bytes digest(ByteView bytes) override { return held_.digest(bytes); }
  Bytes authentication_code(ByteView key, ByteView bytes) override { return held_.authentication_code(key, bytes); }
  std::unique_ptr<trust::SigningKey> make_signing_key(Instant at) override { return held_.make_signing_key(at); }
  std::unique_ptr<trust::ReceivingKey> make_receiving_key(Instant at) override { return held_.make_receiving_key(at); }
  Outcome<Bytes> sign(trust::StatementType type, ByteView content, const trust::SigningKey& key, Instant at) override {
    return held_.sign(type, content, key, at);
  }
  Outcome<trust::Statement> read(ByteView statement, trust::StatementType expected) override {
    return held_.read(statement, expected);
  }
  Outcome<Bytes> seal(ByteView content, ByteView recipient) override { return held_.seal(content, recipient); }
  Outcome<Sensitive<Bytes>> open(ByteView envelope, const trust::ReceivingKey& key) override {
    return held_.open(envelope, key);
  }
  Outcome<trust::CertificateFacts> check_certificate(ByteView certificate, std::span<const Bytes> authorities,
                                                     trust::CertificateUse use, Instant at) override {
    return held_.check_certificate(certificate, authorities, use, at);
  }
  Outcome<trust::CertificateFacts> check_pinned(ByteView certificate, Instant at) override {
    return held_.check_pinned(certificate, at);
  }
  Outcome<Bytes> ocsp_request(const trust::CertificateFacts& card, ByteView nonce) override {
    return held_.ocsp_request(card, nonce);
  }
  Outcome<void> check_ocsp(ByteView response, const trust::CertificateFacts& card, ByteView nonce,
                           Instant at) override {
    return held_.check_ocsp(response, card, nonce, at);
  }
  Bytes wrap(ByteView key, ByteView content, ByteView associated) override {
    return held_.wrap(key, content, associated);
  }
  Outcome<Bytes> unwrap(ByteView key, ByteView wrapped, ByteView associated) override {
    return held_.unwrap(key, wrapped, associated);
  }

 private:
  trust::Cryptography& held_;
  Book& book_;
  Instant expires_;  // of the opening that is being signed
};

}  // namespace mado::simulator
