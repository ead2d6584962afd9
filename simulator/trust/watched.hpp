// Cryptography as one kiosk uses it: which card's signature became which opening is a fact; so is what the kiosk asked
// last, what the reply that it opened last says it answers, and how many keys of sessions it holds.
#pragma once

#include <map>

#include "simulator/invariants/book.hpp"
#include "trust/handing_on.hpp"

namespace mado::simulator {

class WatchedCryptography final : public trust::HandingOn {
 public:
  WatchedCryptography(trust::Cryptography& held, Book& book) : HandingOn(held), book_(book) {}

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

 private:
  Book& book_;
  Instant expires_;  // of the opening that is being signed
  std::map<trust::StatementType, Bytes> asked_;
  Bytes answered_;
  std::shared_ptr<int> keys_ = std::make_shared<int>();  // each key of a session holds it as well
};

}  // namespace mado::simulator
