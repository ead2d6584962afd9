// Statements and envelopes: what they must be, and that everything else is refused. Chain rules 1, 2 and 14.
#include <gtest/gtest.h>
#include <openssl/cms.h>
#include <openssl/ecdsa.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>

#include "trust/openssl_cryptography.hpp"
#include "trust/shape.hpp"

namespace mado::trust {
namespace {

const Instant at_noon{1'700'000'000'000};

// The statement after `change`; nothing if OpenSSL's own verification does not take it any more.
Bytes remade(const Bytes& statement, const std::function<void(CMS_SignerInfo*)>& change) {
  const unsigned char* cursor = statement.data();
  const std::unique_ptr<CMS_ContentInfo, decltype(&CMS_ContentInfo_free)> cms{
      d2i_CMS_ContentInfo(nullptr, &cursor, static_cast<long>(statement.size())), CMS_ContentInfo_free};
  change(sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms.get()), 0));
  if (CMS_verify(cms.get(), nullptr, nullptr, nullptr, nullptr, CMS_NO_SIGNER_CERT_VERIFY | CMS_BINARY) != 1) return {};
  Bytes changed(static_cast<std::size_t>(i2d_CMS_ContentInfo(cms.get(), nullptr)));
  auto* end = changed.data();
  i2d_CMS_ContentInfo(cms.get(), &end);
  return changed;
}

// (r, n - s) for (r, s).
void take_the_other_signature(CMS_SignerInfo* signer) {
  auto* octets = CMS_SignerInfo_get0_signature(signer);
  const unsigned char* cursor = ASN1_STRING_get0_data(octets);
  const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> signature{
      d2i_ECDSA_SIG(nullptr, &cursor, ASN1_STRING_length(octets)), ECDSA_SIG_free};
  BIGNUM* other = nullptr;
  BN_hex2bn(&other, "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
  BN_sub(other, other, ECDSA_SIG_get0_s(signature.get()));
  ECDSA_SIG_set0(signature.get(), BN_dup(ECDSA_SIG_get0_r(signature.get())), other);
  Bytes der(static_cast<std::size_t>(i2d_ECDSA_SIG(signature.get(), nullptr)));
  auto* end = der.data();
  i2d_ECDSA_SIG(signature.get(), &end);
  ASN1_OCTET_STRING_set(octets, der.data(), static_cast<int>(der.size()));
}

void add_null_to_the_digest_algorithm(CMS_SignerInfo* signer) {
  X509_ALGOR* algorithm = nullptr;
  CMS_SignerInfo_get0_algs(signer, nullptr, nullptr, &algorithm, nullptr);
  X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr);
}

class StatementTest : public testing::Test {
 protected:
  std::unique_ptr<Cryptography> crypto = make_openssl_cryptography();
  std::unique_ptr<SigningKey> signer = crypto->make_signing_key(at_noon);
  std::unique_ptr<ReceivingKey> receiver = crypto->make_receiving_key(at_noon);
  Bytes content = bytes_of("what is said");
  Bytes statement = crypto->sign(StatementType::menu, content, *signer, at_noon).value();
};

TEST_F(StatementTest, IsReadBackWithItsSignerContentAndTime) {
  const auto read = crypto->read(statement, StatementType::menu);
  ASSERT_TRUE(read) << read.error().cause;
  EXPECT_EQ(read->content, content);
  EXPECT_EQ(read->signer_certificate, signer->certificate());
  EXPECT_EQ(read->signed_at, at_noon);
  EXPECT_EQ(read->digest, crypto->digest(statement));
}

TEST_F(StatementTest, IsRefusedAsAnyOtherType) {
  for (int type = 0; type < statement_type_count; ++type) {
    if (static_cast<StatementType>(type) == StatementType::menu) continue;
    EXPECT_EQ(crypto->read(statement, static_cast<StatementType>(type)).error().reason, Reason::statement_invalid);
  }
}

// Also what no signature covers: else one signature would make statements of several digests.
TEST_F(StatementTest, IsRefusedWithAnyOneBitChangedOrBytesCutOrAdded) {
  for (std::size_t bit = 0; bit < statement.size() * 8; ++bit) {
    auto changed = statement;
    changed[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
    EXPECT_FALSE(crypto->read(changed, StatementType::menu)) << "byte " << bit / 8 << ", bit " << bit % 8;
  }
  for (std::size_t size = 0; size < statement.size(); size += 7) {
    EXPECT_FALSE(crypto->read(ByteView(statement).first(size), StatementType::menu));
  }
  auto longer = statement;
  longer.push_back(0);
  EXPECT_FALSE(crypto->read(longer, StatementType::menu));
}

TEST_F(StatementTest, HasOneOfTheTwoSignaturesThatHold) {
  for (int i = 0; i < 16; ++i) {
    const auto signed_anew = crypto->sign(StatementType::menu, content, *signer, at_noon).value();
    EXPECT_TRUE(crypto->read(signed_anew, StatementType::menu));
    const auto other = remade(signed_anew, take_the_other_signature);
    ASSERT_FALSE(other.empty()) << "OpenSSL takes both";
    EXPECT_EQ(crypto->read(other, StatementType::menu).error().reason, Reason::statement_invalid);
  }
}

TEST_F(StatementTest, NamesTheDigestAlgorithmInOneOfTheTwoWaysThatOpenSslTakes) {
  const auto other = remade(statement, add_null_to_the_digest_algorithm);
  ASSERT_EQ(other.size(), statement.size() + 2) << "OpenSSL takes it, with parameters and without";
  EXPECT_EQ(check_statement_shape(other).error().reason, Reason::message_malformed);
}

TEST_F(StatementTest, SignedAttributesOfferedAsContentAreRefused) {
  // RFC 5652 §5.4 signs the attributes as a SET (0x31). Offered as the *content* of a statement without attributes, the
  // same signature would hold: so the shape insists on attributes, whatever the content is.
  const auto hex = to_hex(statement);
  const auto attributes = hex.find("a081e1");  // [0] signedAttrs, 225 bytes
  ASSERT_NE(attributes, std::string::npos);
  auto without = hex;
  without.erase(attributes, 6 + 2 * 225);
  EXPECT_EQ(check_statement_shape(from_hex(without).value()).error().reason, Reason::message_malformed);
}

TEST_F(StatementTest, SignedAttributesBeginWithASetSoThatNoLoginCanBeTakenForAnOpening) {
  const auto prepared = crypto->prepare(StatementType::opening, content, signer->certificate(), at_noon);
  EXPECT_FALSE(prepared) << "a P-256 certificate is no card of today";
}

TEST_F(StatementTest, AnEnvelopeOpensForItsRecipientOnlyAndOnlyUnchanged) {
  const auto envelope = crypto->seal(content, receiver->certificate()).value();
  EXPECT_EQ(crypto->open(envelope, *receiver)->reveal(), content);
  const auto other = crypto->make_receiving_key(at_noon);
  EXPECT_EQ(crypto->open(envelope, *other).error().reason, Reason::envelope_invalid);
  constexpr std::size_t head = 600;  // bytes: every bit of them, and bits here and there of the ciphertext
  for (std::size_t bit = 0; bit < envelope.size() * 8; bit += bit < head * 8 ? 1 : 777) {
    auto changed = envelope;
    changed[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
    EXPECT_FALSE(crypto->open(changed, *receiver)) << "byte " << bit / 8 << ", bit " << bit % 8;
  }
}

TEST_F(StatementTest, EnvelopesOfDifferentContentsHaveTheSizeOfTheirClass) {
  const auto small = crypto->seal(Bytes(10), receiver->certificate()).value();
  const auto larger = crypto->seal(Bytes(4000), receiver->certificate()).value();
  EXPECT_EQ(small.size(), larger.size());
  EXPECT_LT(small.size(), crypto->seal(Bytes(5000), receiver->certificate())->size());
  EXPECT_EQ(crypto->seal(Bytes(61 * 1024 * 1024), receiver->certificate()).error().reason, Reason::message_too_large);
}

TEST_F(StatementTest, AnEnvelopeWithAShortTagIsRefusedBeforeOpenSslSeesIt) {
  auto envelope = crypto->seal(content, receiver->certificate()).value();
  ASSERT_EQ(envelope[envelope.size() - 18], 0x04);
  ASSERT_EQ(envelope[envelope.size() - 17], 16);
  EXPECT_TRUE(check_envelope_shape(envelope, receiver->certificate()));
  auto cut = Bytes(envelope.begin(), envelope.end() - 12);
  cut[cut.size() - 5] = 4;
  EXPECT_FALSE(check_envelope_shape(cut, receiver->certificate()));
}

TEST_F(StatementTest, TokensOpenOnlyWithTheirKeyAndAssociatedData) {
  const Bytes key(32, 1);
  const auto token = crypto->wrap(key, content, view_of("step"));
  EXPECT_EQ(crypto->unwrap(key, token, view_of("step")).value(), content);
  EXPECT_FALSE(crypto->unwrap(Bytes(32, 2), token, view_of("step")));
  EXPECT_FALSE(crypto->unwrap(key, token, view_of("other")));
  EXPECT_FALSE(crypto->unwrap(key, Bytes(10), view_of("step")));
}

}  // namespace
}  // namespace mado::trust
