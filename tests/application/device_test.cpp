// Where a kiosk stands: its device certificate says so, and the city's hours depend on it.
#include <gtest/gtest.h>

#include "application/chain.hpp"
#include "trust/openssl_cryptography.hpp"
#include "trust/x509.hpp"

namespace mado::application {
namespace {

const Instant now{1'800'000'000'000};

trust::Issuing issuing(const trust::Name& subject, const trust::PrivateKey& key,
                       std::vector<trust::Extension> extensions) {
  return {subject,
          {{"CN", "kiosk authority"}},
          key.public_key(),
          trust::random_serial(),
          now + -std::chrono::hours{1},
          now + std::chrono::hours{1},
          std::move(extensions)};
}

struct ADevice : ::testing::Test {
  std::unique_ptr<trust::Cryptography> crypto = trust::make_openssl_cryptography();
  trust::PrivateKey authority_key = trust::PrivateKey::make(trust::KeyKind::p256).value();
  trust::PrivateKey key = trust::PrivateKey::make(trust::KeyKind::p256).value();
  trust::X509Certificate authority =
      trust::issue(
          issuing(
              {{"CN", "kiosk authority"}}, authority_key,
              {trust::extension::key_usage(trust::certificate_sign | trust::crl_sign), trust::extension::authority(),
               trust::extension::subject_key_identifier(trust::key_id_of(authority_key.public_key()).value())}),
          authority_key)
          .value();
  std::unique_ptr<RosterBook> roster;

  void SetUp() override {
    v1::Roster content;
    content.set_version(1);
    content.set_issued_at(now.milliseconds);
    content.set_expires_at((now + std::chrono::hours{1}).milliseconds);
    content.set_lowest_version(contract_version);
    content.add_kiosk_authorities(string_of(authority.der()));
    v1::SignedRoster envelope;
    envelope.set_roster(string_of(wire::serialise(content)));
    std::vector<Bytes> pinned;
    for (int i = 0; i < 2; ++i) {
      const auto signer = crypto->make_signing_key(now);
      pinned.push_back(signer->certificate());
      envelope.add_signatures(
          string_of(crypto->sign(trust::StatementType::roster, wire::serialise(content), *signer, now).value()));
    }
    roster = std::make_unique<RosterBook>(RosterBook::read(*crypto, wire::serialise(envelope), pinned, 0, now).value());
  }
  Outcome<Device> device(const trust::Name& subject) {
    const auto certificate = trust::issue(
        issuing(subject, key,
                {trust::extension::key_usage(trust::digital_signature),
                 trust::extension::authority_key_identifier(trust::key_id_of(authority_key.public_key()).value())}),
        authority_key);
    return device_of(*crypto, *roster, certificate->der(), now);
  }
};

TEST_F(ADevice, StandsInAStoreOrIsAnIssuingMachine) {
  EXPECT_EQ(device({{"OU", "store"}, {"CN", "K000001"}})->channel, Channel::store);
  EXPECT_EQ(device({{"OU", "issuing-machine"}, {"CN", "M000001"}})->channel, Channel::issuing_machine);
  EXPECT_EQ(device({{"OU", "issuing-machine"}, {"CN", "M000001"}})->kiosk, "M000001");
}

TEST_F(ADevice, StandsInAStoreIfItsCertificateDoesNotSay) {
  EXPECT_EQ(device({{"CN", "K000001"}})->channel, Channel::store);
}

TEST_F(ADevice, IsUnknownIfItStandsAnywhereElse) {
  for (const auto* elsewhere : {"Store", "issuing_machine", "street"})
    EXPECT_EQ(device({{"OU", elsewhere}, {"CN", "K000001"}}).error().reason, Reason::kiosk_not_registered);
}

}  // namespace
}  // namespace mado::application
