#include "bench/witness.hpp"

#include "madoguchi/v1/center.pb.h"
#include "trust/openssl_cryptography.hpp"

namespace mado::bench {

Witness::Witness(std::shared_ptr<Evidence> evidence)
    : Witness(trust::make_openssl_cryptography(), std::move(evidence)) {}
Witness::Witness(std::unique_ptr<trust::Cryptography> real, std::shared_ptr<Evidence> evidence)
    : HandingOn(*real), real_(std::move(real)), evidence_(std::move(evidence)) {}

Outcome<Bytes> Witness::sign(trust::StatementType type, ByteView content, const trust::SigningKey& key, Instant at) {
  auto said = HandingOn::sign(type, content, key, at);
  if (said && type == trust::StatementType::application) evidence_->application = *said;
  return said;
}

Outcome<Bytes> Witness::complete(const trust::PreparedStatement& prepared, ByteView signature) {
  auto said = HandingOn::complete(prepared, signature);
  if (said && prepared.type == trust::StatementType::opening) evidence_->opening = *said;
  return said;
}

Outcome<Sensitive<Bytes>> Witness::open(ByteView envelope, const trust::ReceivingKey& key) {
  auto plain = HandingOn::open(envelope, key);
  ::madoguchi::v1::CityReply reply;
  // Only a certificate comes with images.
  if (plain && reply.ParseFromArray(plain->reveal().data(), static_cast<int>(plain->reveal().size())) &&
      reply.images_size() > 0) {
    evidence_->certificate = bytes_of(reply.statement());
  }
  return plain;
}

}  // namespace mado::bench
