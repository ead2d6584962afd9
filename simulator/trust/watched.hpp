// Cryptography as one kiosk uses it: which card's signature became which opening is a fact; so is what the kiosk asked
// last, what the reply that it opened last says it answers, and how many keys of sessions it holds.
#pragma once

#include <map>

#include "simulator/invariants/book.hpp"
#include "trust/cryptography.hpp"

namespace mado::simulator {

class WatchedCryptography final : public trust::Cryptography {
 public:
  WatchedCryptography(trust::Cryptography& held, Book& book) : held_(held), book_(book) {}

  Outcome<trust::PreparedStatement> prepare(trust::StatementType type, ByteView content, ByteView card_certificate,
                                            Instant at) override;
  Outcome<Bytes> complete(const trust::PreparedStatement& prepared, ByteView signature) override;
  std::unique_ptr<trust::SigningKey> make_signing_key(Instant at) override;
  std::unique_ptr<trust::ReceivingKey> make_receiving_key(Instant at) override;
  Outcome<Bytes> sign(trust::StatementType type, ByteView content, const trust::SigningKey& key, Instant at) override;
  Outcome<Sensitive<Bytes>> open(ByteView envelope, const trust::ReceivingKey& key) override;

  // Digest of the statement of this type that was signed last; empty: none.
  Bytes asked(trust::StatementType type) const;
  // The digest of the question that the reply opened last names; empty: none was opened since this was asked last.
  Bytes take_answered() { return std::exchange(answered_, {}); }
  // Keys of sessions that are still held. Always 0 with real cryptography.
  long session_keys() const { return keys_.use_count() - 1; }

  Bytes random(std::size_t size) override { return held_.random(size); }
  Bytes digest(ByteView bytes) override { return held_.digest(bytes); }
  Bytes authentication_code(ByteView key, ByteView bytes) override { return held_.authentication_code(key, bytes); }
  Outcome<trust::Statement> read(ByteView statement, trust::StatementType expected) override {
    return held_.read(statement, expected);
  }
  Outcome<Bytes> seal(ByteView content, ByteView recipient) override { return held_.seal(content, recipient); }
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
  std::map<trust::StatementType, Bytes> asked_;
  Bytes answered_;
  std::shared_ptr<int> keys_ = std::make_shared<int>();  // each key of a session holds it as well
};

}  // namespace mado::simulator
