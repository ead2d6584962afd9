// The production cryptography, with two places where a test can look on or put in its hand: what a party is about to
// sign, and what it opened.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "trust/handing_on.hpp"
#include "trust/openssl_cryptography.hpp"

namespace mado::chain_tests {

class WatchedCryptography final : public trust::HandingOn {
 public:
  WatchedCryptography() : WatchedCryptography(trust::make_openssl_cryptography()) {}

  // Changes what is about to be signed: a program that says something else than its citizen chose.
  std::function<void(trust::StatementType, Bytes& content)> before_signing = [](auto, auto&) {};
  // The content of every envelope that was opened.
  std::vector<Bytes> opened;

  Outcome<Bytes> sign(trust::StatementType type, ByteView content, const trust::SigningKey& key, Instant at) override {
    Bytes said(content.begin(), content.end());
    before_signing(type, said);
    return HandingOn::sign(type, said, key, at);
  }
  Outcome<trust::PreparedStatement> prepare(trust::StatementType type, ByteView content, ByteView card_certificate,
                                            Instant at) override {
    Bytes said(content.begin(), content.end());
    before_signing(type, said);
    return HandingOn::prepare(type, said, card_certificate, at);
  }
  Outcome<Sensitive<Bytes>> open(ByteView envelope, const trust::ReceivingKey& key) override {
    auto plain = HandingOn::open(envelope, key);
    if (plain) opened.push_back(plain->reveal());
    return plain;
  }

 private:
  explicit WatchedCryptography(std::unique_ptr<trust::Cryptography> real) : HandingOn(*real), real_(std::move(real)) {}
  std::unique_ptr<trust::Cryptography> real_;
};

}  // namespace mado::chain_tests
