// The stand-in cryptography keeps the algebra of trust/cryptography.hpp: who may sign, who may open, and that one
// changed bit is seen. The same cases run over OpenSSL in tests/trust.
#include <gtest/gtest.h>

#include "simulator/trust/keys.hpp"
#include "simulator/trust/stand_in.hpp"

namespace mado::simulator {
namespace {

using trust::StatementType;

struct AStandIn : ::testing::Test {
  Instant now{1'800'000'000'000};
  std::unique_ptr<Keys> keys = make_stand_in_keys(Random(1, "keys"), now);
  trust::Cryptography& crypto = keys->crypto();
  std::vector<Bytes> cards{keys->card_authority()};
  const Bytes content = bytes_of("what is said");

  Bytes statement_of(const trust::SigningKey& key) {
    return crypto.sign(StatementType::menu, content, key, now).value();
  }
};

TEST_F(AStandIn, ReadsWhatItsKeySigned) {
  const auto key = keys->pinned_signing("city", "131016");
  const auto read = crypto.read(statement_of(*key), StatementType::menu);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->content, content);
  EXPECT_EQ(read->signer_certificate, key->certificate());
  EXPECT_EQ(read->signed_at, now);
  EXPECT_EQ(crypto.check_pinned(read->signer_certificate, now)->subject_serial, "131016");
}

TEST_F(AStandIn, SeesEveryChangedBitOfAStatement) {
  auto statement = statement_of(*keys->pinned_signing("city", "131016"));
  for (std::size_t at = 0; at < statement.size(); ++at) {
    statement[at] ^= 0x10;
    EXPECT_FALSE(crypto.read(statement, StatementType::menu)) << at;
    statement[at] ^= 0x10;
  }
  EXPECT_EQ(crypto.read(statement, StatementType::release).error().reason, Reason::statement_invalid);
  EXPECT_FALSE(crypto.read(ByteView(statement).first(statement.size() - 1), StatementType::menu));
}

TEST_F(AStandIn, OpensOnlyForTheRecipient) {
  const auto mine = crypto.make_receiving_key(now);
  const auto anothers = crypto.make_receiving_key(now);
  auto envelope = crypto.seal(content, mine->certificate()).value();
  EXPECT_EQ(crypto.open(envelope, *mine)->reveal(), content);
  EXPECT_EQ(crypto.open(envelope, *anothers).error().reason, Reason::envelope_invalid);
  EXPECT_EQ(string_of(envelope).find("what is said"), std::string::npos) << "nobody reads it on the way";
  for (std::size_t at = 0; at < envelope.size(); ++at) {
    envelope[at] ^= 0x01;
    EXPECT_FALSE(crypto.open(envelope, *mine)) << at;
    envelope[at] ^= 0x01;
  }
}

TEST_F(AStandIn, CompletesOnlyWithTheSignatureOfTheVeryCard) {
  const auto card = keys->card();
  const auto another = keys->card();
  const auto prepared = crypto.prepare(StatementType::opening, content, card.certificate, now).value();
  EXPECT_FALSE(crypto.complete(prepared, another.key->sign(prepared.digest_info).value()));
  EXPECT_FALSE(crypto.complete(prepared, card.key->sign(bytes_of("something else")).value()));
  const auto opening = crypto.complete(prepared, card.key->sign(prepared.digest_info).value());
  ASSERT_TRUE(opening);
  const auto read = crypto.read(*opening, StatementType::opening);
  ASSERT_TRUE(read);
  EXPECT_TRUE(crypto.check_certificate(read->signer_certificate, cards, trust::CertificateUse::card, now));
}

TEST_F(AStandIn, AsksWhoIssuedACertificateForWhatAndUntilWhen) {
  const auto card = keys->card();
  const auto device = keys->device("KIOSK-1");
  const std::vector<Bytes> kiosks{keys->kiosk_authority()};
  const auto check = [&](const Bytes& certificate, const std::vector<Bytes>& authorities, trust::CertificateUse use,
                         Instant at) { return crypto.check_certificate(certificate, authorities, use, at); };
  EXPECT_TRUE(check(card.certificate, cards, trust::CertificateUse::card, now));
  EXPECT_EQ(check(device->certificate(), kiosks, trust::CertificateUse::device, now)->common_name, "KIOSK-1");
  EXPECT_EQ(check(card.certificate, kiosks, trust::CertificateUse::card, now).error().reason,
            Reason::card_unknown_issuer);
  EXPECT_EQ(check(device->certificate(), kiosks, trust::CertificateUse::card, now).error().reason,
            Reason::card_unknown_issuer);
  EXPECT_EQ(check(card.certificate, cards, trust::CertificateUse::card, now + std::chrono::days{400}).error().reason,
            Reason::card_expired);
}

struct AStandInResponder : AStandIn {
  CardChip card = keys->card();
  trust::CertificateFacts facts =
      crypto.check_certificate(card.certificate, cards, trust::CertificateUse::card, now).value();
  Bytes nonce = Bytes(32, 5);
  Bytes answer(bool revoked) {
    jpki::OcspStanding standing{true, std::nullopt};
    if (revoked) standing.revocation = jpki::Revocation{jpki::RevocationReason::certificate_hold, now};
    return keys->ocsp_answer(crypto.ocsp_request(facts, nonce).value(), [&](const Bytes&) { return standing; }, now);
  }
  Reason refusal(ByteView response, ByteView asked, Instant at) {
    return crypto.check_ocsp(response, facts, asked, at).error().reason;
  }
};

TEST_F(AStandInResponder, RefusesAsOcspDoes) {
  EXPECT_TRUE(crypto.check_ocsp(answer(false), facts, nonce, now));
  EXPECT_TRUE(crypto.check_ocsp(answer(false), facts, nonce, now + std::chrono::seconds{60}));
  EXPECT_EQ(refusal(answer(false), nonce, now + std::chrono::seconds{61}), Reason::check_stale);
  EXPECT_EQ(refusal(answer(false), nonce, now + -std::chrono::seconds{6}), Reason::check_stale);
  EXPECT_EQ(refusal(answer(false), Bytes(32, 6), now), Reason::check_not_ours);
  EXPECT_EQ(refusal(answer(true), nonce, now), Reason::card_revoked);
  EXPECT_EQ(refusal(bytes_of("nothing"), nonce, now), Reason::check_unavailable);
  const auto about_this_card = answer(false);
  facts = crypto.check_certificate(keys->card().certificate, cards, trust::CertificateUse::card, now).value();
  EXPECT_EQ(refusal(about_this_card, nonce, now), Reason::check_not_ours);
}

TEST_F(AStandIn, UnwrapsOnlyUnderTheSameKeyAndAssociatedData) {
  const auto key = crypto.random(32);
  const auto wrapped = crypto.wrap(key, content, bytes_of("session 1"));
  EXPECT_EQ(crypto.unwrap(key, wrapped, bytes_of("session 1")).value(), content);
  EXPECT_FALSE(crypto.unwrap(key, wrapped, bytes_of("session 2")));
  EXPECT_FALSE(crypto.unwrap(crypto.random(32), wrapped, bytes_of("session 1")));
}

}  // namespace
}  // namespace mado::simulator
