#include "trust/shape.hpp"

#include <algorithm>
#include <array>

#include "trust/der.hpp"

namespace mado::trust {

namespace {
constexpr std::size_t largest_statement = 512 * 1024;
constexpr std::size_t largest_envelope = 64 * 1024 * 1024;

// Object identifiers as their DER content.
constexpr std::array<std::uint8_t, 9> signed_data{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02};
constexpr std::array<std::uint8_t, 9> plain_data{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01};
constexpr std::array<std::uint8_t, 11> auth_enveloped_data{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d,
                                                           0x01, 0x09, 0x10, 0x01, 0x17};
constexpr std::array<std::uint8_t, 9> sha256{0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01};
constexpr std::array<std::uint8_t, 9> aes256_gcm{0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2e};
constexpr std::array<std::uint8_t, 8> ecdsa_with_sha256{0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02};
constexpr std::array<std::uint8_t, 9> rsa_encryption{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01};
constexpr std::array<std::uint8_t, 7> ec_public_key{0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01};
constexpr std::array<std::uint8_t, 6> ecdh_sha256_kdf{0x2b, 0x81, 0x04,
                                                      0x01, 0x0b, 0x01};  // dhSinglePass-stdDH-sha256kdf
constexpr std::array<std::uint8_t, 9> aes256_wrap{0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2d};
constexpr std::array<std::uint8_t, 1> one{1};
constexpr std::array<std::uint8_t, 1> three{3};
constexpr std::array<std::uint8_t, 1> sixteen{16};
constexpr std::size_t p256_point_bits = 66;   // of the BIT STRING: no unused bits, 0x04, x, y
constexpr std::size_t wrapped_key_size = 40;  // AES key wrap of 32 bytes
constexpr std::size_t nonce_size = 12;
constexpr std::size_t tag_size = 16;

// ContentInfo ::= SEQUENCE { contentType, [0] EXPLICIT content }: into the content's SEQUENCE. Nothing follows either.
DerReader enter_content_info(ByteView cms, ByteView type) {
  DerReader top(cms);
  auto content_info = top.enter(der::sequence_tag);
  top.expect_end();
  content_info.expect(der::object, type);
  auto wrapper = content_info.enter(der::context_constructed(0));
  content_info.expect_end();
  auto content = wrapper.enter(der::sequence_tag);
  wrapper.expect_end();
  if (!top.ok() || !content_info.ok() || !wrapper.ok()) content.fail();
  return content;
}

// Without parameters (RFC 5754 §2); OpenSSL would also take a NULL.
void expect_sha256(DerReader& from) {
  auto algorithm = from.enter(der::sequence_tag);
  algorithm.expect(der::object, sha256);
  algorithm.expect_end();
  if (!algorithm.ok()) from.fail();
}

// ECDSA P-256 or RSA PKCS#1 v1.5, with SHA-256, in the one encoding that each has.
void expect_signature_algorithm(DerReader& from) {
  auto algorithm = from.enter(der::sequence_tag);
  const auto identifier = algorithm.take(der::object);
  if (std::ranges::equal(identifier, rsa_encryption)) {
    algorithm.expect(der::null_tag, {});
  } else if (!std::ranges::equal(identifier, ecdsa_with_sha256)) {
    algorithm.fail();
  }
  algorithm.expect_end();
  if (!algorithm.ok()) from.fail();
}

struct IssuerAndSerial {
  ByteView issuer;
  ByteView serial;
};

// TBSCertificate ::= SEQUENCE { [0] version, serialNumber, signature, issuer, … }
IssuerAndSerial take_certificate(DerReader& certificates) {
  auto certificate = certificates.enter(der::sequence_tag);
  auto body = certificate.enter(der::sequence_tag);
  body.take(der::context_constructed(0));
  IssuerAndSerial named;
  named.serial = body.take(der::integer_tag);
  body.take(der::sequence_tag);
  named.issuer = body.take(der::sequence_tag);
  if (!certificate.ok() || !body.ok()) certificates.fail();
  return named;
}

// No signature covers the identifier of a signer or a recipient, and OpenSSL compares names without regard to case and
// spaces. Byte for byte, a statement has one encoding, and its digest names it.
void expect_identifier(DerReader& party, const IssuerAndSerial& certificate) {
  auto identifier = party.enter(der::sequence_tag);
  identifier.expect(der::sequence_tag, certificate.issuer);
  identifier.expect(der::integer_tag, certificate.serial);
  identifier.expect_end();
  if (!identifier.ok()) party.fail();
}

// KeyAgreeRecipientInfo: one ephemeral P-256 key, no user keying material, SHA-256 KDF, AES-256 key wrap, one
// recipient.
void expect_one_recipient(DerReader& data, ByteView certificate) {
  auto recipients = data.enter(der::set_tag);
  auto agreement = recipients.enter(der::context_constructed(1));
  recipients.expect_end();
  agreement.expect(der::integer_tag, three);
  auto originator = agreement.enter(der::context_constructed(0));
  auto ephemeral = originator.enter(der::context_constructed(1));
  originator.expect_end();
  auto curve = ephemeral.enter(der::sequence_tag);
  curve.expect(der::object, ec_public_key);
  curve.expect_end();
  const auto point = ephemeral.take(der::bit_string);
  ephemeral.expect_end();
  auto derivation = agreement.enter(der::sequence_tag);
  derivation.expect(der::object, ecdh_sha256_kdf);
  auto wrap = derivation.enter(der::sequence_tag);
  wrap.expect(der::object, aes256_wrap);
  wrap.expect_end();
  derivation.expect_end();
  auto keys = agreement.enter(der::sequence_tag);
  agreement.expect_end();
  auto key = keys.enter(der::sequence_tag);
  keys.expect_end();
  DerReader recipient(certificate);
  expect_identifier(key, take_certificate(recipient));
  const auto wrapped = key.take(der::octet_string);
  key.expect_end();
  const bool good = recipients.ok() && agreement.ok() && originator.ok() && ephemeral.ok() && curve.ok() &&
                    derivation.ok() && wrap.ok() && keys.ok() && key.ok() && point.size() == p256_point_bits &&
                    point[0] == 0 && point[1] == 4 && wrapped.size() == wrapped_key_size;
  if (!good) data.fail();
}

// SignerInfo ::= SEQUENCE { version, sid, digestAlgorithm, [0] signedAttrs, signatureAlgorithm, signature }
void expect_one_signer(DerReader& data, const IssuerAndSerial& certificate) {
  auto signers = data.enter(der::set_tag);
  auto signer = signers.enter(der::sequence_tag);
  signers.expect_end();
  signer.expect(der::integer_tag, one);
  expect_identifier(signer, certificate);
  expect_sha256(signer);
  signer.take(der::context_constructed(0));
  expect_signature_algorithm(signer);
  signer.take(der::octet_string);
  signer.expect_end();
  if (!signers.ok() || !signer.ok()) data.fail();
}
}  // namespace

Outcome<Bytes> check_statement_shape(ByteView statement) {
  if (statement.size() > largest_statement) return refuse(Reason::message_malformed, "a statement is over 512 KiB");
  auto data = enter_content_info(statement, signed_data);

  data.expect(der::integer_tag, three);
  auto digests = data.enter(der::set_tag);
  expect_sha256(digests);
  digests.expect_end();

  auto content = data.enter(der::sequence_tag);
  const auto type = content.take(der::object);
  auto octets = content.enter(der::context_constructed(0));
  content.expect_end();
  octets.take(der::octet_string);
  octets.expect_end();

  auto certificates = data.enter(der::context_constructed(0));
  const auto certificate = take_certificate(certificates);
  certificates.expect_end();
  expect_one_signer(data, certificate);
  data.expect_end();

  const bool good = data.ok() && digests.ok() && content.ok() && octets.ok() && certificates.ok();
  if (!good) return refuse(Reason::message_malformed, "not the one shape of CMS SignedData that a statement may have");
  return Bytes(type.begin(), type.end());
}

Outcome<void> check_envelope_shape(ByteView envelope, ByteView recipient) {
  if (envelope.size() > largest_envelope) return refuse(Reason::envelope_invalid, "an envelope is over 64 MiB");
  auto data = enter_content_info(envelope, auth_enveloped_data);

  const std::array<std::uint8_t, 1> version_zero{0};
  data.expect(der::integer_tag, version_zero);
  expect_one_recipient(data, recipient);

  auto content = data.enter(der::sequence_tag);
  content.expect(der::object, plain_data);
  auto algorithm = content.enter(der::sequence_tag);
  algorithm.expect(der::object, aes256_gcm);
  auto parameters = algorithm.enter(der::sequence_tag);
  algorithm.expect_end();
  const auto nonce = parameters.take(der::octet_string);
  parameters.expect(der::integer_tag, sixteen);
  parameters.expect_end();
  content.take(der::context(0));
  content.expect_end();
  const auto tag = data.take(der::octet_string);
  data.expect_end();

  const bool good = data.ok() && content.ok() && algorithm.ok() && parameters.ok() && nonce.size() == nonce_size &&
                    tag.size() == tag_size;
  if (!good)
    return refuse(Reason::envelope_invalid, "not the one shape of CMS AuthEnvelopedData that an envelope may have");
  return {};
}

}  // namespace mado::trust
