// The production cryptography, with two places where a test can look on or put in its hand: what a party is about to
// sign, and what it opened.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "trust/openssl_cryptography.hpp"

namespace mado::chain_tests {

class WatchedCryptography final : public trust::Cryptography {
 public:
  // Changes what is about to be signed: a program that says something else than its citizen chose.
  std::function<void(trust::StatementType, Bytes& content)> before_signing = [](auto, auto&) {};
  // The content of every envelope that was opened.
  std::vector<Bytes> opened;

  Bytes random(std::size_t size) override { return real_->random(size); }
  Bytes digest(ByteView bytes) override { return real_->digest(bytes); }
  Bytes authentication_code(ByteView key, ByteView bytes) override { return real_->authentication_code(key, bytes); }
  std::unique_ptr<trust::SigningKey> make_signing_key(Instant at) override { return real_->make_signing_key(at); }
  std::unique_ptr<trust::ReceivingKey> make_receiving_key(Instant at) override { return real_->make_receiving_key(at); }
  Outcome<Bytes> sign(trust::StatementType type, ByteView content, const trust::SigningKey& key, Instant at) override {
    Bytes said(content.begin(), content.end());
    before_signing(type, said);
    return real_->sign(type, said, key, at);
  }
  Outcome<trust::Statement> read(ByteView statement, trust::StatementType expected) override {
    return real_->read(statement, expected);
  }
  Outcome<trust::PreparedStatement> prepare(trust::StatementType type, ByteView content, ByteView card_certificate,
                                            Instant at) override {
    Bytes said(content.begin(), content.end());
    before_signing(type, said);
    return real_->prepare(type, said, card_certificate, at);
  }
  Outcome<Bytes> complete(const trust::PreparedStatement& prepared, ByteView signature) override {
    return real_->complete(prepared, signature);
  }
  Outcome<Bytes> seal(ByteView content, ByteView recipient) override { return real_->seal(content, recipient); }
  Outcome<Sensitive<Bytes>> open(ByteView envelope, const trust::ReceivingKey& key) override {
    auto plain = real_->open(envelope, key);
    if (plain) opened.push_back(plain->reveal());
    return plain;
  }
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
  std::unique_ptr<trust::Cryptography> real_ = trust::make_openssl_cryptography();
};

}  // namespace mado::chain_tests
