#include "simulator/trust/watched.hpp"

#include "madoguchi/v1/center.pb.h"
#include "madoguchi/v1/statements.pb.h"
#include "simulator/trust/stand_in.hpp"
#include "wire/message.hpp"

namespace mado::simulator {

using trust::StatementType;

namespace {
class CountedKey final : public StandInKey {
 public:
  CountedKey(const StandInKey& key, std::shared_ptr<int> held)
      : StandInKey(key.number(), key.certificate()), held_(std::move(held)) {}

 private:
  std::shared_ptr<int> held_;
};

template <typename Key>
std::unique_ptr<Key> counted(std::unique_ptr<Key> key, const std::shared_ptr<int>& keys) {
  const auto* stand_in = dynamic_cast<const StandInKey*>(key.get());
  if (stand_in == nullptr) return key;
  return std::make_unique<CountedKey>(*stand_in, keys);
}

// The digest of the question that a city's statement names; empty if it is none of its answers.
Bytes answered_by(trust::Cryptography& crypto, ByteView statement) {
  const auto content_of = [&](StatementType type) {
    const auto said = crypto.read(statement, type);
    return said ? said->content : Bytes{};
  };
  if (const auto said = wire::parse<v1::Menu>(content_of(StatementType::menu), "menu"); said && said->salt().size() > 0)
    return bytes_of(said->request_digest());
  if (const auto said = wire::parse<v1::Certificate>(content_of(StatementType::certificate), "certificate");
      said && said->salt().size() > 0)
    return bytes_of(said->application_digest());
  if (const auto said = wire::parse<v1::Release>(content_of(StatementType::release), "release");
      said && said->salt().size() > 0)
    return bytes_of(said->confirmation_digest());
  return {};
}
}  // namespace

Outcome<trust::PreparedStatement> WatchedCryptography::prepare(StatementType type, ByteView content,
                                                               ByteView card_certificate, Instant at) {
  if (const auto opening = wire::parse<v1::Opening>(content, "opening")) expires_ = Instant{opening->expires_at()};
  return HandingOn::prepare(type, content, card_certificate, at);
}

Outcome<Bytes> WatchedCryptography::complete(const trust::PreparedStatement& prepared, ByteView signature) {
  auto statement = HandingOn::complete(prepared, signature);
  if (statement) book_.opening_completed(digest(*statement), signature, expires_);
  return statement;
}

std::unique_ptr<trust::SigningKey> WatchedCryptography::make_signing_key(Instant at) {
  return counted(HandingOn::make_signing_key(at), keys_);
}

std::unique_ptr<trust::ReceivingKey> WatchedCryptography::make_receiving_key(Instant at) {
  return counted(HandingOn::make_receiving_key(at), keys_);
}

Outcome<Bytes> WatchedCryptography::sign(StatementType type, ByteView content, const trust::SigningKey& key,
                                         Instant at) {
  auto statement = HandingOn::sign(type, content, key, at);
  if (statement) asked_[type] = digest(*statement);
  return statement;
}

Outcome<Sensitive<Bytes>> WatchedCryptography::open(ByteView envelope, const trust::ReceivingKey& key) {
  auto plain = HandingOn::open(envelope, key);
  if (!plain) return plain;
  if (const auto reply = wire::parse<v1::CityReply>(plain->reveal(), "city reply"))
    answered_ = answered_by(*this, view_of(reply->statement()));
  return plain;
}

Bytes WatchedCryptography::asked(StatementType type) const {
  const auto found = asked_.find(type);
  return found == asked_.end() ? Bytes{} : found->second;
}

}  // namespace mado::simulator
