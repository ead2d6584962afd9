#include "fuzz/plain_cryptography.hpp"

#include "trust/digest.hpp"

namespace mado::fuzz {

namespace {
constexpr std::size_t head_size = 2;  // type, signer
const Instant signed_at{1'800'000'000'000};

class PlainSigningKey final : public trust::SigningKey {
 public:
  explicit PlainSigningKey(std::uint8_t signer) : certificate_{signer} {}
  const Bytes& certificate() const override { return certificate_; }

 private:
  Bytes certificate_;
};
class PlainReceivingKey final : public trust::ReceivingKey {
 public:
  const Bytes& certificate() const override { return certificate_; }

 private:
  Bytes certificate_{receiving_key};
};

trust::CertificateFacts facts_of(ByteView certificate) {
  const auto signer = certificate.empty() ? std::uint8_t{0} : certificate.front();
  trust::CertificateFacts facts;
  facts.serial = Bytes{signer};
  facts.issuer_key = Bytes(20, 0x11);
  facts.public_key_digest = Bytes(32, signer);
  facts.common_name = signer == device_key ? plain_kiosk : "";
  facts.subject_serial = signer == city_key ? plain_city : "";
  facts.authority = Bytes{0x99};
  return facts;
}
}  // namespace

std::unique_ptr<trust::SigningKey> plain_signing_key(std::uint8_t signer) {
  return std::make_unique<PlainSigningKey>(signer);
}

Bytes PlainCryptography::sign_as(trust::StatementType type, ByteView content, std::uint8_t signer) {
  Bytes statement{static_cast<std::uint8_t>(type), signer};
  statement.insert(statement.end(), content.begin(), content.end());
  return statement;
}

Bytes PlainCryptography::random(std::size_t size) { return Bytes(size, static_cast<std::uint8_t>(++drawn_)); }

Bytes PlainCryptography::digest(ByteView bytes) {
  const auto digest = trust::sha256(bytes);
  return Bytes(digest.begin(), digest.end());
}

Bytes PlainCryptography::authentication_code(ByteView, ByteView bytes) { return digest(bytes); }

std::unique_ptr<trust::SigningKey> PlainCryptography::make_signing_key(Instant) {
  return plain_signing_key(session_key);
}

std::unique_ptr<trust::ReceivingKey> PlainCryptography::make_receiving_key(Instant) {
  return std::make_unique<PlainReceivingKey>();
}

Outcome<Bytes> PlainCryptography::sign(trust::StatementType type, ByteView content, const trust::SigningKey& key,
                                       Instant) {
  return sign_as(type, content, key.certificate().front());
}

Outcome<trust::Statement> PlainCryptography::read(ByteView statement, trust::StatementType expected) {
  if (statement.size() < head_size || statement[0] != static_cast<std::uint8_t>(expected))
    return refuse(Reason::statement_invalid, "another type of statement");
  const auto content = statement.subspan(head_size);
  return trust::Statement{expected, Bytes(content.begin(), content.end()), Bytes{statement[1]}, digest(statement),
                          signed_at};
}

Outcome<trust::PreparedStatement> PlainCryptography::prepare(trust::StatementType type, ByteView content, ByteView,
                                                             Instant) {
  return trust::PreparedStatement{type, sign_as(type, content, card_key), digest(content)};
}

Outcome<Bytes> PlainCryptography::complete(const trust::PreparedStatement& prepared, ByteView) {
  return prepared.unsigned_statement;
}

Outcome<Bytes> PlainCryptography::seal(ByteView content, ByteView) { return Bytes(content.begin(), content.end()); }

Outcome<Sensitive<Bytes>> PlainCryptography::open(ByteView envelope, const trust::ReceivingKey&) {
  return Sensitive{Bytes(envelope.begin(), envelope.end())};
}

Outcome<trust::CertificateFacts> PlainCryptography::check_certificate(ByteView certificate, std::span<const Bytes>,
                                                                      trust::CertificateUse, Instant) {
  return facts_of(certificate);
}

Outcome<trust::CertificateFacts> PlainCryptography::check_pinned(ByteView certificate, Instant) {
  return facts_of(certificate);
}

Outcome<Bytes> PlainCryptography::ocsp_request(const trust::CertificateFacts&, ByteView nonce) {
  return Bytes(nonce.begin(), nonce.end());
}

Outcome<void> PlainCryptography::check_ocsp(ByteView, const trust::CertificateFacts&, ByteView, Instant) { return {}; }

Bytes PlainCryptography::wrap(ByteView, ByteView content, ByteView) { return Bytes(content.begin(), content.end()); }

Outcome<Bytes> PlainCryptography::unwrap(ByteView, ByteView wrapped, ByteView) {
  return Bytes(wrapped.begin(), wrapped.end());
}

}  // namespace mado::fuzz
