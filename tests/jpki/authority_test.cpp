// The authority on disk: generations, issuing, revoking. The openssl command judges what it issues.
#include "jpki/edge/authority.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "trust/path_check.hpp"
#include "trust/temporary_directory.hpp"

namespace mado::jpki {
namespace {

Instant now() {
  return {std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()).time_since_epoch().count() * 1000};
}
const Day never = *parse_day("2099-12-31");

class Authority : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(CertificateAuthority::initialise(directory_.path(), now()));
    authority_ = CertificateAuthority::open(directory_.path()).value();
  }
  static const Bytes& card_key() {
    static const auto key = trust::PrivateKey::make(trust::KeyKind::rsa2048)->public_key();
    return key;
  }
  static AuthenticationRequest request() {
    return {card_key(), {"131016", "", "Chiyoda-ku"}, *parse_day("1980-02-17"), never};
  }
  static SignatureRequest request(std::string name, std::string address, const char* birth = "1980-02-17") {
    return {card_key(),
            {"131016", "Tokyo-to", "Chiyoda-ku"},
            {Sensitive{std::move(name)}, Sensitive{std::move(address)}, *parse_day(birth), Sex::female},
            never};
  }
  trust::X509Certificate generation(Kind kind, int number) const {
    return trust::X509Certificate::load(generation_files(directory_.path(), kind, number).certificate).value();
  }
  // What `openssl verify` says of a certificate against a generation's file.
  bool openssl_accepts(const trust::X509Certificate& certificate, Kind kind, int number) const {
    const auto file = directory_ / "judged.pem";
    std::filesystem::remove(file);
    EXPECT_TRUE(certificate.save("test"_point, file));
    const auto ca = generation_files(directory_.path(), kind, number).certificate;
    return std::system(
               fmt::format("openssl verify -x509_strict -CAfile {} {} >/dev/null 2>&1", ca.string(), file.string())
                   .c_str()) == 0;
  }

  trust::TemporaryDirectory directory_;
  std::unique_ptr<CertificateAuthority> authority_;
};

TEST_F(Authority, AGenerationThatWasInterruptedIsMadeAgain) {
  // What a crash leaves that comes between the responder's files and the authority's own.
  ASSERT_TRUE(CertificateAuthority::add_generation(directory_.path(), Kind::authentication, now()));
  std::filesystem::remove(generation_files(directory_.path(), Kind::authentication, 2).certificate);
  ASSERT_EQ(count_generations(directory_.path(), Kind::authentication), 1);
  const auto made = CertificateAuthority::add_generation(directory_.path(), Kind::authentication, now());
  ASSERT_TRUE(made) << made.error().cause;
  EXPECT_EQ(*made, 2);
  EXPECT_TRUE(openssl_accepts(*authority_->issue(request(), now()), Kind::authentication, 2));
}

TEST_F(Authority, IssuesWhatOpenSslAccepts) {
  EXPECT_TRUE(openssl_accepts(*authority_->issue(request(), now()), Kind::authentication, 1));
  EXPECT_TRUE(openssl_accepts(*authority_->issue(request("山田　花子", "東京都千代田区"), now()), Kind::signature, 1));
}

TEST_F(Authority, ACertificateWithOneByteChangedIsRefusedByOpenSslToo) {
  const auto der = authority_->issue(request(), now())->der();
  for (std::size_t at = 20; at < der.size(); at += 111) {
    auto changed = der;
    changed[at] ^= 0x01;
    const auto parsed = trust::X509Certificate::parse(changed);
    EXPECT_FALSE(parsed && openssl_accepts(*parsed, Kind::authentication, 1)) << at;
  }
}

TEST_F(Authority, InitialisingAgainChangesNothing) {
  const auto before = generation(Kind::authentication, 1).der();
  ASSERT_TRUE(CertificateAuthority::initialise(directory_.path(), now()));
  EXPECT_EQ(generation(Kind::authentication, 1).der(), before);
  EXPECT_EQ(count_generations(directory_.path(), Kind::authentication), 1);
}

TEST_F(Authority, ADirectoryWithoutAnAuthorityIsRefused) {
  const trust::TemporaryDirectory empty;
  EXPECT_EQ(CertificateAuthority::open(empty.path()).error().reason, Reason::configuration_invalid);
  EXPECT_EQ(CertificateAuthority::add_generation(empty.path(), Kind::signature, now()).error().reason,
            Reason::configuration_invalid);
}

TEST_F(Authority, NumbersAllItsCertificatesFromOneCounter) {
  const auto first = authority_->issue(request(), now())->facts().serial;
  const auto second = authority_->issue(request("山田　花子", "東京都"), now())->facts().serial;
  EXPECT_EQ(first.size(), 4U);
  EXPECT_LT(first, second);
}

TEST_F(Authority, GenerationsShareOneNameAndDifferByKey) {
  const auto old = authority_->issue(request(), now()).value();
  ASSERT_EQ(CertificateAuthority::add_generation(directory_.path(), Kind::authentication, now()).value(), 2);
  const auto fresh = authority_->issue(request(), now()).value();
  EXPECT_EQ(old.facts().issuer, fresh.facts().issuer);
  EXPECT_NE(old.facts().authority_key_id, fresh.facts().authority_key_id);

  const std::vector generations{generation(Kind::authentication, 1), generation(Kind::authentication, 2)};
  for (const auto* certificate : {&old, &fresh}) {
    EXPECT_TRUE(trust::check_path(*certificate, generations, trust::user_authentication, now()).empty());
  }
  EXPECT_TRUE(openssl_accepts(fresh, Kind::authentication, 2));
  EXPECT_FALSE(openssl_accepts(fresh, Kind::authentication, 1));
}

TEST_F(Authority, IssuesNo署名用CertificateThatTheCardCannotHold) {
  std::string name = "山田　花子";
  std::string address;
  for (int i = 0; i < 200; ++i) address += "町";
  const auto refused = authority_->issue(request(name, address), now());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, Reason::input_invalid);
}

TEST_F(Authority, ARefusedCertificateSpendsNoSerial) {
  const auto before = authority_->issue(request(), now())->facts().serial;
  EXPECT_FALSE(authority_->issue(request("", "東京都"), now()));
  const auto after = authority_->issue(request(), now())->facts().serial;
  EXPECT_EQ(after.back(), static_cast<std::uint8_t>(before.back() + 1));
}

TEST_F(Authority, IssuesNo署名用CertificateBelow15) {
  const auto today = in_japan(now()).day;
  const Day tomorrow_15 =
      Day{std::chrono::sys_days{Day{today.year() - std::chrono::years{15}, today.month(), today.day()}} +
          std::chrono::days{1}};
  EXPECT_EQ(authority_->issue(request("山田　花子", "東京都", iso_text(tomorrow_15).c_str()), now()).error().reason,
            Reason::under_age);
}

TEST_F(Authority, TakesOnlyRsa2048AsACardsKey) {
  auto asked = request();
  asked.public_key = trust::PrivateKey::make(trust::KeyKind::p256)->public_key();
  EXPECT_EQ(authority_->issue(asked, now()).error().reason, Reason::input_invalid);
}

TEST_F(Authority, RevokesByItsSerialAndNoOther) {
  const auto serial = authority_->issue(request(), now())->facts().serial;
  const auto first = authority_->revoke(serial, RevocationReason::key_compromise, now()).value();
  EXPECT_EQ(authority_->revoke(serial, RevocationReason::superseded, now() + std::chrono::hours{1}).value(), first);
  EXPECT_EQ(authority_->revoke(Bytes{0x7f, 0, 0, 1}, RevocationReason::superseded, now()).error().reason,
            Reason::input_invalid);
}

}  // namespace
}  // namespace mado::jpki
