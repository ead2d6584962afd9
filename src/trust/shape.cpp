#include "trust/shape.hpp"

#include <array>

#include "trust/der.hpp"

namespace mado::trust {

namespace {
constexpr std::size_t largest_statement = 512 * 1024;
constexpr std::size_t largest_envelope = 64 * 1024 * 1024;

// Object identifiers as their DER content.
constexpr std::array<std::uint8_t, 9> signed_data{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02};
constexpr std::array<std::uint8_t, 9> plain_data{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01};
constexpr std::array<std::uint8_t, 11> auth_enveloped_data{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x17};
constexpr std::array<std::uint8_t, 9> sha256{0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01};
constexpr std::array<std::uint8_t, 9> aes256_gcm{0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2e};
constexpr std::array<std::uint8_t, 1> sixteen{16};
constexpr std::size_t nonce_size = 12;
constexpr std::size_t tag_size = 16;

void expect_sha256(DerReader& from) {
  auto algorithm = from.enter(der_sequence);
  algorithm.expect(der_oid, sha256);
  if (algorithm.next_is(der_null)) algorithm.expect(der_null, {});
  algorithm.expect_end();
  if (!algorithm.ok()) from.fail();
}

// SignerInfo ::= SEQUENCE { version, sid, digestAlgorithm, [0] signedAttrs, signatureAlgorithm, signature }
void expect_one_signer(DerReader& data) {
  auto signers = data.enter(der_set);
  auto signer = signers.enter(der_sequence);
  signers.expect_end();
  signer.take(der_integer);
  if (signer.next_is(der_sequence)) {
    signer.take(der_sequence);
  } else {
    signer.take(der_context(0, false));
  }
  expect_sha256(signer);
  signer.take(der_context(0, true));
  signer.take(der_sequence);
  signer.take(der_octets);
  signer.expect_end();
  if (!signers.ok() || !signer.ok()) data.fail();
}
}  // namespace

Outcome<Bytes> check_statement_shape(ByteView statement) {
  if (statement.size() > largest_statement) return refuse(Reason::message_malformed, "a statement is over 512 KiB");
  DerReader top(statement);
  auto content_info = top.enter(der_sequence);
  top.expect_end();
  content_info.expect(der_oid, signed_data);
  auto wrapper = content_info.enter(der_context(0, true));
  content_info.expect_end();
  auto data = wrapper.enter(der_sequence);
  wrapper.expect_end();

  data.take(der_integer);
  auto digests = data.enter(der_set);
  expect_sha256(digests);
  digests.expect_end();

  auto content = data.enter(der_sequence);
  const auto type = content.take(der_oid);
  auto octets = content.enter(der_context(0, true));
  content.expect_end();
  octets.take(der_octets);
  octets.expect_end();

  auto certificates = data.enter(der_context(0, true));
  certificates.take(der_sequence);
  certificates.expect_end();
  expect_one_signer(data);
  data.expect_end();

  const bool good = top.ok() && content_info.ok() && wrapper.ok() && data.ok() && digests.ok() && content.ok() && octets.ok() &&
                    certificates.ok();
  if (!good) return refuse(Reason::message_malformed, "not the one shape of CMS SignedData that a statement may have");
  return Bytes(type.begin(), type.end());
}

Outcome<void> check_envelope_shape(ByteView envelope) {
  if (envelope.size() > largest_envelope) return refuse(Reason::envelope_invalid, "an envelope is over 64 MiB");
  DerReader top(envelope);
  auto content_info = top.enter(der_sequence);
  top.expect_end();
  content_info.expect(der_oid, auth_enveloped_data);
  auto wrapper = content_info.enter(der_context(0, true));
  content_info.expect_end();
  auto data = wrapper.enter(der_sequence);
  wrapper.expect_end();

  const std::array<std::uint8_t, 1> version_zero{0};
  data.expect(der_integer, version_zero);
  auto recipients = data.enter(der_set);
  recipients.take(der_context(1, true));  // KeyAgreeRecipientInfo
  recipients.expect_end();

  auto content = data.enter(der_sequence);
  content.expect(der_oid, plain_data);
  auto algorithm = content.enter(der_sequence);
  algorithm.expect(der_oid, aes256_gcm);
  auto parameters = algorithm.enter(der_sequence);
  algorithm.expect_end();
  const auto nonce = parameters.take(der_octets);
  parameters.expect(der_integer, sixteen);
  parameters.expect_end();
  content.take(der_context(0, false));
  content.expect_end();
  const auto tag = data.take(der_octets);
  data.expect_end();

  const bool good = top.ok() && content_info.ok() && wrapper.ok() && data.ok() && recipients.ok() && content.ok() &&
                    algorithm.ok() && parameters.ok() && nonce.size() == nonce_size && tag.size() == tag_size;
  if (!good) return refuse(Reason::envelope_invalid, "not the one shape of CMS AuthEnvelopedData that an envelope may have");
  return {};
}

}  // namespace mado::trust
