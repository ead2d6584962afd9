// Keys, certificates and who issued them. The openssl command is the outside judge.
#include "trust/x509.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "temporary_directory.hpp"
#include "trust/der_writer.hpp"
#include "trust/file.hpp"
#include "trust/path_check.hpp"

namespace mado::trust {
namespace {

const Instant noon = start_of_day_in_japan(*parse_day("2026-11-21")) + std::chrono::hours{12};
constexpr std::chrono::hours day{24};

// For the openssl command, which judges by the clock of the machine.
Instant real_now() {
  return {std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()).time_since_epoch().count() * 1000};
}

struct Authority {
  PrivateKey key;
  X509Certificate certificate;
};

Authority make_authority(const Name& name, Instant from = noon, Instant to = noon + 100 * day) {
  auto key = PrivateKey::make(KeyKind::p256).value();
  const auto key_id = key_id_of(key.public_key()).value();
  auto certificate = issue({name,
                            name,
                            key.public_key(),
                            random_serial(),
                            from,
                            to,
                            {extension::key_usage(certificate_sign | crl_sign), extension::authority(),
                             extension::subject_key_identifier(key_id)}},
                           key);
  return {std::move(key), std::move(certificate.value())};
}

Issuing holder_of(const Authority& authority, const PrivateKey& key) {
  return {{{"C", "JP"}, {"O", "東京都千代田区"}, {"serialNumber", "131016"}},
          authority.certificate.facts().subject,
          key.public_key(),
          Bytes{0x01, 0x32, 0xc4, 0xab},
          noon,
          noon + 10 * day,
          {extension::key_usage(digital_signature),
           extension::authority_key_identifier(authority.certificate.facts().key_id)}};
}

const Name authority_name{{"C", "JP"}, {"O", "JPKI"}};

TEST(Key, IsWrittenForItsOwnerOnlyAndNeverOverwritten) {
  const TemporaryDirectory directory;
  const auto key = PrivateKey::make(KeyKind::p256).value();
  ASSERT_TRUE(key.save("test"_point, directory / "a.key"));
  struct stat status{};
  ASSERT_EQ(::stat((directory / "a.key").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
  EXPECT_EQ(PrivateKey::load(directory / "a.key")->public_key(), key.public_key());
  EXPECT_EQ(key.save("test"_point, directory / "a.key").error().reason, Reason::storage_failed);
}

TEST(Key, ThatOthersMayReadIsRefused) {
  const TemporaryDirectory directory;
  ASSERT_TRUE(PrivateKey::make(KeyKind::p256)->save("test"_point, directory / "a.key"));
  std::filesystem::permissions(directory / "a.key", std::filesystem::perms(0640));
  EXPECT_EQ(PrivateKey::load(directory / "a.key").error().reason, Reason::configuration_invalid);
}

TEST(Key, OfAnotherKindIsRefused) {
  const TemporaryDirectory directory;
  const auto file = (directory / "p384.key").string();
  ASSERT_EQ(
      std::system(
          fmt::format(
              "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out {0} 2>/dev/null && chmod 600 {0}",
              file)
              .c_str()),
      0);
  EXPECT_EQ(PrivateKey::load(file).error().reason, Reason::configuration_invalid);
}

TEST(Key, SignsWhatVerifiesAndNothingElse) {
  for (const auto kind : {KeyKind::p256, KeyKind::rsa2048}) {
    const auto key = PrivateKey::make(kind).value();
    EXPECT_EQ(kind_of(key.public_key()), kind);
    const auto signature = key.sign(view_of("opening")).value();
    EXPECT_TRUE(verify_signature(key.public_key(), view_of("opening"), signature));
    EXPECT_FALSE(verify_signature(key.public_key(), view_of("Opening"), signature));
    EXPECT_FALSE(verify_signature(PrivateKey::make(kind)->public_key(), view_of("opening"), signature));
  }
}

TEST(Certificate, SaysWhatItWasIssuedWith) {
  const auto authority = make_authority(authority_name);
  const auto key = PrivateKey::make(KeyKind::p256).value();
  const auto certificate = issue(holder_of(authority, key), authority.key).value();
  const auto& facts = certificate.facts();
  EXPECT_EQ(facts.subject_field("O"), "東京都千代田区");
  EXPECT_EQ(facts.subject_field("serialNumber"), "131016");
  EXPECT_EQ(facts.subject_field("CN"), "");
  EXPECT_EQ(facts.issuer, authority_name);
  EXPECT_EQ(facts.serial, (Bytes{0x01, 0x32, 0xc4, 0xab}));
  EXPECT_EQ(facts.public_key, key.public_key());
  EXPECT_EQ(facts.public_key_digest, sha256(key.public_key()));
  EXPECT_EQ(facts.key_id, key_id_of(key.public_key()).value());
  EXPECT_EQ(facts.authority_key_id,
            Bytes(authority.certificate.facts().key_id.begin(), authority.certificate.facts().key_id.end()));
  EXPECT_EQ(facts.not_before, noon);
  EXPECT_EQ(facts.not_after, noon + 10 * day);
  EXPECT_EQ(facts.key_usage, digital_signature);
  EXPECT_FALSE(facts.authority);
  EXPECT_TRUE(authority.certificate.facts().authority);
}

TEST(Certificate, WritesEachNameFieldInItsOwnStringType) {
  // C: PrintableString 0x13, O: UTF8String 0x0c, although both are plain ASCII.
  EXPECT_EQ(to_hex(encode(authority_name)), "301c310b3009060355040613024a50310d300b060355040a0c044a504b49");
}

TEST(Certificate, WithASerialWhoseFirstBitIsSetKeepsItsMagnitude) {
  const auto authority = make_authority(authority_name);
  auto issuing = holder_of(authority, authority.key);
  issuing.serial = Bytes{0xff, 0x00};
  EXPECT_EQ(issue(issuing, authority.key)->facts().serial, (Bytes{0xff, 0x00}));
}

TEST(Certificate, IsNotIssuedWithAWrongSerialValidityOrKey) {
  const auto authority = make_authority(authority_name);
  const auto good = holder_of(authority, authority.key);
  for (const Bytes& serial : {Bytes{}, Bytes{0}, Bytes(21, 1)}) {
    auto issuing = good;
    issuing.serial = serial;
    EXPECT_EQ(issue(issuing, authority.key).error().reason, Reason::input_invalid) << serial.size();
  }
  auto backwards = good;
  std::swap(backwards.not_before, backwards.not_after);
  EXPECT_EQ(issue(backwards, authority.key).error().reason, Reason::input_invalid);
  auto keyless = good;
  keyless.public_key = bytes_of("no key");
  EXPECT_EQ(issue(keyless, authority.key).error().reason, Reason::input_invalid);
}

TEST(Certificate, IsRefusedWhenSomethingFollowsItIsCutOrIsTooLarge) {
  const auto der = make_authority(authority_name).certificate.der();
  auto longer = der;
  longer.push_back(0);
  EXPECT_FALSE(X509Certificate::parse(longer));
  EXPECT_FALSE(X509Certificate::parse(ByteView(der).first(der.size() - 1)));
  EXPECT_FALSE(X509Certificate::parse({}));
  EXPECT_FALSE(X509Certificate::parse(Bytes(X509Certificate::largest + 1, 0x30)));
}

TEST(Certificate, PassesOpenSslsOwnStrictVerification) {
  const TemporaryDirectory directory;
  auto authority = make_authority(authority_name, real_now(), real_now() + 10 * day);
  auto issuing = holder_of(authority, authority.key);
  issuing.not_before = authority.certificate.facts().not_before;
  issuing.not_after = authority.certificate.facts().not_after;
  ASSERT_TRUE(authority.certificate.save("test"_point, directory / "ca.pem"));
  ASSERT_TRUE(issue(issuing, authority.key)->save("test"_point, directory / "ee.pem"));
  const auto verify = fmt::format("cd {} && openssl verify -x509_strict -CAfile ca.pem ee.pem >/dev/null 2>&1",
                                  directory.path().string());
  EXPECT_EQ(std::system(verify.c_str()), 0);
}

class Path : public testing::Test {
 protected:
  std::vector<PathFault> check(const X509Certificate& certificate, Instant at = noon,
                               const Purpose& purpose = statement_signing) const {
    const std::vector<X509Certificate> authorities{authority.certificate, other.certificate};
    return check_path(certificate, authorities, purpose, at);
  }
  Authority authority = make_authority(authority_name);
  Authority other = make_authority(authority_name);  // the next generation: the same name, another key
  PrivateKey key = PrivateKey::make(KeyKind::p256).value();
};
using Faults = std::vector<PathFault>;

TEST_F(Path, FindsTheGenerationByItsKeyWhereAllShareOneName) {
  for (const auto* issuer : {&authority, &other}) {
    const auto certificate = issue(holder_of(*issuer, key), issuer->key).value();
    EXPECT_EQ(check(certificate), Faults{});
  }
}

TEST_F(Path, RefusesAnAuthorityThatIsNotPinned) {
  const auto stranger = make_authority(authority_name);
  EXPECT_EQ(check(*issue(holder_of(stranger, key), stranger.key)), Faults{PathFault::unknown_issuer});
}

TEST_F(Path, RefusesACertificateThatNamesAnAuthorityWhichDidNotSignIt) {
  EXPECT_EQ(check(*issue(holder_of(authority, key), other.key)), Faults{PathFault::bad_signature});
}

TEST_F(Path, RefusesBeforeTheFirstAndAfterTheLastSecond) {
  const auto certificate = issue(holder_of(authority, key), authority.key).value();
  EXPECT_EQ(check(certificate, noon + 10 * day), Faults{});
  EXPECT_EQ(check(certificate, noon + 10 * day + std::chrono::seconds{1}), Faults{PathFault::expired});
  const auto early = check(certificate, noon + -std::chrono::seconds{1});
  EXPECT_NE(std::ranges::find(early, PathFault::not_yet_valid), early.end());
}

TEST_F(Path, ReportsEveryFaultAtOnce) {
  auto issuing = holder_of(authority, key);
  issuing.extensions[0] = extension::key_usage(key_agreement);
  const auto faults =
      check(*issue(issuing, other.key), noon + 11 * day, {digital_signature, oids::ocsp_signing, "1.2.3"});
  EXPECT_EQ(faults.size(), 5U) << "signature, expiry, usage, extended usage, policy";
}

TEST_F(Path, RefusesAnAuthorityAsAHolderAndAnyUnknownCriticalExtension) {
  const auto of_authority = check(authority.certificate);
  EXPECT_NE(std::ranges::find(of_authority, PathFault::is_authority), of_authority.end());
  auto issuing = holder_of(authority, key);
  issuing.extensions.push_back({"1.2.3.4", true, der::element(der::null_tag, {})});
  EXPECT_EQ(check(*issue(issuing, authority.key)), Faults{PathFault::other});
}

}  // namespace
}  // namespace mado::trust
