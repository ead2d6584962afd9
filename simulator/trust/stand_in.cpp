#include "simulator/trust/stand_in.hpp"

#include <algorithm>

namespace mado::simulator {

using stand_in::Certificate;
using stand_in::code_size;
using stand_in::Form;
using stand_in::Reader;
using stand_in::Usage;
using stand_in::Writer;
using trust::StatementType;

namespace {
constexpr std::chrono::days certificate_life{40};

ByteView without_code(ByteView bytes) { return bytes.first(bytes.size() - code_size); }

// The same bytes under a stream that only the key's secret gives.
Bytes scrambled(ByteView bytes, std::uint64_t secret, std::uint64_t nonce) {
  Random stream(secret ^ nonce, "envelope");
  Bytes result(bytes.begin(), bytes.end());
  for (std::size_t at = 0; at < result.size(); at += 8) {
    const auto word = stream.next();
    for (std::size_t i = 0; i < 8 && at + i < result.size(); ++i)
      result[at + i] ^= static_cast<std::uint8_t>(word >> (8 * i));
  }
  return result;
}

std::uint64_t secret_of(ByteView key) { return fast_digest(key)[0]; }

Bytes name_of_key(std::uint64_t key, std::size_t size) {
  auto bytes = octets_of(fast_digest({}, key));
  bytes.resize(size);
  return bytes;
}

trust::CertificateFacts facts_of(const Certificate& certificate, ByteView authority) {
  trust::CertificateFacts facts;
  facts.serial = name_of_key(certificate.key, 16);
  facts.serial.front() |= 1;  // no leading zero
  facts.issuer_key = name_of_key(certificate.issuer, 20);
  facts.public_key_digest = name_of_key(certificate.key, 32);
  facts.common_name = certificate.common_name;
  facts.subject_serial = certificate.subject_serial;
  facts.authority = Bytes(authority.begin(), authority.end());
  return facts;
}

Bytes unsigned_statement(StatementType type, std::uint64_t key, Instant at, ByteView content) {
  return Writer(Form::statement)
      .octet(static_cast<std::uint8_t>(type))
      .number(key)
      .number(static_cast<std::uint64_t>(at.milliseconds))
      .block(content)
      .take();
}
}  // namespace

const StandInCryptography::Held* StandInCryptography::held(std::uint64_t key) const {
  const auto found = held_.find(key);
  return found == held_.end() ? nullptr : &found->second;
}

// Over a digest, as a card signs one.
Bytes StandInCryptography::code_by(std::uint64_t secret, ByteView bytes) const {
  auto code = octets_of(fast_digest(octets_of(fast_digest(bytes)), secret));
  code.resize(code_size);
  return code;
}

Bytes StandInCryptography::with_code(Bytes bytes, std::uint64_t secret) const {
  const auto code = code_by(secret, bytes);
  bytes.insert(bytes.end(), code.begin(), code.end());
  return bytes;
}

bool StandInCryptography::code_holds(ByteView bytes, ByteView code, std::uint64_t secret) const {
  return std::ranges::equal(code_by(secret, bytes), code);
}

std::shared_ptr<const StandInKey> StandInCryptography::make_key(Usage usage, const StandInKey* authority,
                                                                std::string common_name, std::string subject_serial) {
  const auto number = random_.next();
  const auto secret = random_.next();
  Certificate certificate{usage,
                          number,
                          authority == nullptr ? number : authority->number(),
                          valid_from_,
                          valid_from_ + certificate_life,
                          std::move(common_name),
                          std::move(subject_serial),
                          {}};
  auto bytes = with_code(certificate.written(), authority == nullptr ? secret : held(authority->number())->secret);
  held_[number] = {secret, bytes};
  return std::make_shared<const StandInKey>(number, std::move(bytes));
}

std::unique_ptr<trust::SigningKey> StandInCryptography::make_signing_key(Instant) {
  return std::make_unique<StandInKey>(*make_key(Usage::session, nullptr, "", ""));
}
std::unique_ptr<trust::ReceivingKey> StandInCryptography::make_receiving_key(Instant) {
  return std::make_unique<StandInKey>(*make_key(Usage::session, nullptr, "", ""));
}

Bytes StandInCryptography::authentication_code(ByteView key, ByteView bytes) {
  return octets_of(fast_digest(bytes, secret_of(key)));
}

Outcome<Bytes> StandInCryptography::sign(StatementType type, ByteView content, const trust::SigningKey& key,
                                         Instant at) {
  const auto number = dynamic_cast<const StandInKey&>(key).number();
  return with_code(unsigned_statement(type, number, at, content), held(number)->secret);
}

Outcome<trust::Statement> StandInCryptography::read(ByteView statement, StatementType expected) {
  Reader reader(statement, Form::statement);
  const auto type = static_cast<StatementType>(reader.octet());
  const auto key = reader.number();
  const Instant at{static_cast<std::int64_t>(reader.number())};
  const auto content = reader.block();
  const auto code = reader.code();
  if (!reader.good()) return refuse(Reason::message_malformed, "not a statement");
  const auto* signer = held(key);
  if (type != expected || signer == nullptr || !code_holds(without_code(statement), code, signer->secret))
    return refuse(Reason::statement_invalid, "another type of statement, or its signature does not hold");
  return trust::Statement{type, Bytes(content.begin(), content.end()), signer->certificate, digest(statement), at};
}

Outcome<trust::PreparedStatement> StandInCryptography::prepare(StatementType type, ByteView content,
                                                               ByteView card_certificate, Instant at) {
  const auto certificate = Certificate::read(card_certificate);
  if (!certificate) return refuse(Reason::card_not_supported, "not a card's certificate");
  auto statement = unsigned_statement(type, certificate->key, at, content);
  auto digest_info = digest(statement);
  return trust::PreparedStatement{type, std::move(statement), std::move(digest_info)};
}

Bytes StandInCryptography::sign_digest(const StandInKey& key, ByteView digest_info) const {
  auto code = octets_of(fast_digest(digest_info, held(key.number())->secret));
  code.resize(code_size);
  return code;
}

Outcome<Bytes> StandInCryptography::complete(const trust::PreparedStatement& prepared, ByteView signature) {
  auto statement = prepared.unsigned_statement;
  statement.insert(statement.end(), signature.begin(), signature.end());
  if (const auto said = read(statement, prepared.type); !said)
    return refuse(Reason::card_answer_unreadable, "the card's signature does not hold: " + said.error().cause);
  return statement;
}

Outcome<Bytes> StandInCryptography::seal(ByteView content, ByteView recipient) {
  const auto certificate = Certificate::read(recipient);
  const auto* to = certificate ? held(certificate->key) : nullptr;
  if (to == nullptr) return refuse(Reason::envelope_invalid, "the recipient's certificate does not parse");
  const auto nonce = random_.next();
  return with_code(
      Writer(Form::envelope).number(certificate->key).number(nonce).block(scrambled(content, to->secret, nonce)).take(),
      ~to->secret);
}

Outcome<Sensitive<Bytes>> StandInCryptography::open(ByteView envelope, const trust::ReceivingKey& key) {
  const auto number = dynamic_cast<const StandInKey&>(key).number();
  Reader reader(envelope, Form::envelope);
  const auto to = reader.number();
  const auto nonce = reader.number();
  const auto content = reader.block();
  const auto code = reader.code();
  const auto secret = held(number)->secret;
  if (!reader.good() || to != number || !code_holds(without_code(envelope), code, ~secret))
    return refuse(Reason::envelope_invalid, "not an envelope for this key");
  return Sensitive<Bytes>{scrambled(content, secret, nonce)};
}

Outcome<trust::CertificateFacts> StandInCryptography::check_certificate(ByteView bytes,
                                                                        std::span<const Bytes> authorities,
                                                                        trust::CertificateUse use, Instant at) {
  const auto certificate = Certificate::read(bytes);
  const auto wanted = use == trust::CertificateUse::card ? Usage::card : Usage::device;
  if (!certificate || certificate->usage != wanted)
    return refuse(Reason::card_unknown_issuer, "not a certificate for this use");
  const auto authority = std::ranges::find_if(authorities, [&](const Bytes& candidate) {
    const auto read = Certificate::read(candidate);
    return read && read->usage == Usage::authority && read->key == certificate->issuer;
  });
  const auto* issuer = held(certificate->issuer);
  if (authority == authorities.end() || issuer == nullptr ||
      !code_holds(without_code(bytes), certificate->code, issuer->secret))
    return refuse(Reason::card_unknown_issuer, "no authority here issued it");
  if (at < certificate->not_before || certificate->not_after < at)
    return refuse(Reason::card_expired, "outside its validity");
  return facts_of(*certificate, *authority);
}

Outcome<trust::CertificateFacts> StandInCryptography::check_pinned(ByteView bytes, Instant at) {
  const auto certificate = Certificate::read(bytes);
  if (!certificate) return refuse(Reason::card_unknown_issuer, "not a certificate");
  if (at < certificate->not_before || certificate->not_after < at)
    return refuse(Reason::card_expired, "outside its validity");
  return facts_of(*certificate, {});
}

Bytes StandInCryptography::wrap(ByteView key, ByteView content, ByteView associated) {
  const auto nonce = random_.next();
  const auto secret = secret_of(key);
  auto bytes = Writer(Form::envelope).number(nonce).block(scrambled(content, secret, nonce)).take();
  auto covered = bytes;
  covered.insert(covered.end(), associated.begin(), associated.end());
  const auto code = code_by(secret, covered);
  bytes.insert(bytes.end(), code.begin(), code.end());
  return bytes;
}

Outcome<Bytes> StandInCryptography::unwrap(ByteView key, ByteView wrapped, ByteView associated) {
  const auto secret = secret_of(key);
  Reader reader(wrapped, Form::envelope);
  const auto nonce = reader.number();
  const auto content = reader.block();
  const auto code = reader.code();
  if (!reader.good()) return refuse(Reason::message_malformed, "not a token");
  const auto written = without_code(wrapped);
  Bytes covered(written.begin(), written.end());
  covered.insert(covered.end(), associated.begin(), associated.end());
  if (!code_holds(covered, code, secret)) return refuse(Reason::message_malformed, "a token is not ours");
  return scrambled(content, secret, nonce);
}

}  // namespace mado::simulator
