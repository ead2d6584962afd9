// The validity check from both sides: what the responder answers and what the asking side takes for an answer.
#include "trust/ocsp.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "jpki/core/ocsp_answer.hpp"
#include "jpki/edge/authority.hpp"
#include "jpki/edge/responder.hpp"
#include "trust/file.hpp"
#include "trust/temporary_directory.hpp"

namespace mado::jpki {
namespace {

using std::chrono::seconds;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

Instant real_now() {
  return {std::chrono::floor<seconds>(std::chrono::system_clock::now()).time_since_epoch().count() * 1000};
}

class Ocsp : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    directory_ = std::make_unique<trust::TemporaryDirectory>();
    const auto& path = directory_->path();
    ASSERT_TRUE(CertificateAuthority::initialise(path, real_now()));
    ASSERT_TRUE(CertificateAuthority::add_generation(path, Kind::authentication, real_now()));
    authority_ = CertificateAuthority::open(path).value();
    responder_ = OcspResponder::open(path).value();
  }
  static void TearDownTestSuite() {
    responder_.reset();
    authority_.reset();
    directory_.reset();
  }

  void SetUp() override { card_ = issue(); }
  static Bytes issue() {
    static const auto key = trust::PrivateKey::make(trust::KeyKind::rsa2048)->public_key();
    return authority_
        ->issue(AuthenticationRequest{key, {"131016", "", ""}, *parse_day("1980-02-17"), *parse_day("2099-12-31")},
                real_now())
        ->facts()
        .serial;
  }
  static trust::X509Certificate generation(int number, Kind kind = Kind::authentication) {
    return trust::X509Certificate::load(generation_files(directory_->path(), kind, number).certificate).value();
  }
  trust::OcspExpectation expected() const { return {generation(2).der(), card_, nonce_}; }
  Bytes request() const { return trust::build_ocsp_request(generation(2).der(), card_, nonce_).value(); }
  Bytes answer() const { return responder_->answer(request(), now_).response; }
  Outcome<void> check(ByteView response, Instant at) const {
    return trust::check_ocsp(response, expected(), at, seconds{60});
  }
  Reason reason_of_check(ByteView response) const {
    const auto checked = check(response, now_);
    EXPECT_FALSE(checked);
    return checked ? Reason::internal : checked.error().reason;
  }

  // An answer by any responder, as someone would forge it.
  Bytes answered_by(const trust::PrivateKey& key, const trust::X509Certificate& certificate) const {
    return make_answer(*read_question(request()), {true, std::nullopt}, now_, key, certificate.der(),
                       certificate.facts().key_id)
        .value();
  }
  struct Pair {
    trust::PrivateKey key;
    trust::X509Certificate certificate;
  };
  static Pair pair_at(const KeyFiles& files) {
    return {trust::PrivateKey::load(files.key).value(), trust::X509Certificate::load(files.certificate).value()};
  }

  inline static std::unique_ptr<trust::TemporaryDirectory> directory_;
  inline static std::unique_ptr<CertificateAuthority> authority_;
  inline static std::unique_ptr<OcspResponder> responder_;
  Bytes card_;
  Bytes nonce_ = Bytes(32, 0x5a);
  Instant now_ = real_now();
};

TEST_F(Ocsp, AGoodCardIsGood) {
  EXPECT_EQ(responder_->answer(request(), now_).outcome, "good");
  EXPECT_TRUE(check(answer(), now_));
}

TEST_F(Ocsp, ARevokedCardIsRevokedAtOnceWhateverTheReason) {
  for (const auto reason :
       {RevocationReason::key_compromise, RevocationReason::certificate_hold, RevocationReason::unspecified}) {
    card_ = issue();
    ASSERT_TRUE(authority_->revoke(card_, reason, now_));
    EXPECT_EQ(reason_of_check(answer()), Reason::card_revoked) << text_of(reason);
  }
}

TEST_F(Ocsp, ASerialThatWasNeverIssuedIsUnknown) {
  card_ = Bytes{0x7f, 0xff, 0xff, 0xff};
  EXPECT_EQ(responder_->answer(request(), now_).outcome, "unknown");
  EXPECT_EQ(reason_of_check(answer()), Reason::card_unknown_issuer);
}

TEST_F(Ocsp, ASerialOfAnotherGenerationIsUnknownToThisOne) {
  const auto asked = trust::build_ocsp_request(generation(1).der(), card_, nonce_).value();
  EXPECT_EQ(responder_->answer(asked, now_).outcome, "unknown");
}

TEST_F(Ocsp, AnAnswerIsGoodForSixtySecondsAndNotFromTheFuture) {
  const auto response = answer();
  EXPECT_TRUE(check(response, now_ + seconds{60}));
  EXPECT_EQ(check(response, now_ + seconds{61}).error().reason, Reason::check_stale);
  EXPECT_TRUE(check(response, now_ + -seconds{0}));
  const auto ahead = responder_->answer(request(), now_ + seconds{5}).response;
  EXPECT_TRUE(check(ahead, now_));
  const auto future = responder_->answer(request(), now_ + seconds{6}).response;
  EXPECT_EQ(check(future, now_).error().reason, Reason::check_stale);
}

TEST_F(Ocsp, TheAnswerOfAnotherApplicationIsNotOurs) {
  const auto response = answer();
  nonce_[31] ^= 1;
  EXPECT_EQ(reason_of_check(response), Reason::check_not_ours);
}

TEST_F(Ocsp, TheAnswerAboutAnotherCardIsNotOurs) {
  const auto response = answer();
  card_ = issue();
  EXPECT_EQ(reason_of_check(response), Reason::check_not_ours);
}

TEST_F(Ocsp, TheAnswerOfAnotherGenerationsResponderIsNotOurs) {
  const auto other = pair_at(responder_files(directory_->path(), Kind::authentication, 1));
  EXPECT_EQ(reason_of_check(answered_by(other.key, other.certificate)), Reason::check_not_ours);
}

TEST_F(Ocsp, OnlyADelegatedResponderAnswers) {
  const auto self = pair_at(generation_files(directory_->path(), Kind::authentication, 2));
  EXPECT_EQ(reason_of_check(answered_by(self.key, self.certificate)), Reason::check_not_ours)
      << "the CA's own key is not a responder's";
  const auto signing = pair_at(responder_files(directory_->path(), Kind::signature, 1));
  EXPECT_EQ(reason_of_check(answered_by(signing.key, signing.certificate)), Reason::check_not_ours);
  const auto right = pair_at(responder_files(directory_->path(), Kind::authentication, 2));
  EXPECT_EQ(reason_of_check(answered_by(signing.key, right.certificate)), Reason::check_not_ours)
      << "another key under the right certificate";
  EXPECT_TRUE(check(answered_by(right.key, right.certificate), now_));
}

TEST_F(Ocsp, ACardHoldersOwnKeyIsNoResponder) {
  const auto key = trust::PrivateKey::make(trust::KeyKind::rsa2048).value();
  const auto certificate =
      authority_
          ->issue(
              AuthenticationRequest{
                  key.public_key(), {"131016", "", ""}, *parse_day("1980-02-17"), *parse_day("2099-12-31")},
              now_)
          .value();
  EXPECT_EQ(reason_of_check(answered_by(key, certificate)), Reason::check_not_ours);
}

TEST_F(Ocsp, AnAnswerWithAnyOneByteChangedCutOrAddedIsRefused) {
  const auto response = answer();
  for (std::size_t at = 0; at < response.size(); ++at) {
    auto changed = response;
    changed[at] ^= 0x01;
    EXPECT_FALSE(check(changed, now_)) << at;
  }
  EXPECT_FALSE(check(ByteView(response).first(response.size() - 1), now_));
  auto longer = response;
  longer.push_back(0);
  EXPECT_FALSE(check(longer, now_));
}

TEST_F(Ocsp, AnErrorOrNoAnswerAtAllIsUnavailable) {
  for (const auto failure : {OcspFailure::malformed_request, OcspFailure::internal_error, OcspFailure::try_later,
                             OcspFailure::unauthorized}) {
    EXPECT_EQ(reason_of_check(make_failure(failure)), Reason::check_unavailable);
  }
  EXPECT_EQ(reason_of_check({}), Reason::check_unavailable);
  EXPECT_EQ(reason_of_check(Bytes(trust::largest_ocsp_response + 1, 0x30)), Reason::check_unavailable);
}

TEST_F(Ocsp, ARequestNeedsANonceOfThirtyTwoBytes) {
  EXPECT_EQ(trust::build_ocsp_request(generation(2).der(), card_, Bytes(31)).error().reason, Reason::input_invalid);
  EXPECT_EQ(trust::build_ocsp_request(generation(2).der(), card_, Bytes(33)).error().reason, Reason::input_invalid);
}

// Requests by the openssl command, which writes what our own side never would.
class OcspRequest : public Ocsp {
 protected:
  Bytes asked_by_openssl(const std::string& arguments) const {
    const auto file = *directory_ / "asked.der";
    const auto ca = generation_files(directory_->path(), Kind::authentication, 2).certificate.string();
    const auto command =
        fmt::format("openssl ocsp -issuer {0} {1} -reqout {2} >/dev/null 2>&1", ca, arguments, file.string());
    EXPECT_EQ(std::system(command.c_str()), 0);
    return trust::read_file(file, 65536).value();
  }
  std::string_view outcome_of(ByteView request) const { return responder_->answer(request, now_).outcome; }
};

TEST_F(Ocsp, ARequestWritesItsSerialInTheOneWayThatDerHas) {
  const auto ca = generation(2).der();
  ASSERT_TRUE(read_question(trust::build_ocsp_request(ca, Bytes{0x80}, nonce_).value())) << "02 02 00 80";
  auto padded = trust::build_ocsp_request(ca, Bytes{0x80}, nonce_).value();
  const Bytes serial{0x02, 0x02, 0x00, 0x80};
  const auto at = std::ranges::search(padded, serial).begin();
  ASSERT_NE(at, padded.end());
  at[3] = 0x7f;  // 02 02 00 7f says what 02 01 7f says
  EXPECT_EQ(read_question(padded).error().reason, Reason::message_malformed);
}

TEST_F(OcspRequest, WithoutANonceOrWithAShorterOneIsMalformed) {
  EXPECT_EQ(outcome_of(asked_by_openssl("-serial 1 -no_nonce")), "malformed");
  EXPECT_EQ(outcome_of(asked_by_openssl("-serial 1 -nonce")), "malformed") << "openssl's nonces have 16 bytes";
}

TEST_F(OcspRequest, AboutTwoCertificatesIsMalformed) {
  EXPECT_EQ(outcome_of(asked_by_openssl("-serial 1 -serial 2")), "malformed");
}

TEST_F(OcspRequest, WithAnotherDigestThanSha1IsMalformed) {
  EXPECT_EQ(outcome_of(asked_by_openssl("-sha256 -serial 1")), "malformed");
}

TEST_F(OcspRequest, ThatIsTooLargeCutOrLengthenedIsMalformed) {
  const auto good = request();
  EXPECT_EQ(outcome_of(Bytes(trust::largest_ocsp_request + 1, 0x30)), "malformed");
  for (std::size_t size = 0; size < good.size(); ++size)
    EXPECT_EQ(outcome_of(ByteView(good).first(size)), "malformed") << size;
  auto longer = good;
  longer.push_back(0);
  EXPECT_EQ(outcome_of(longer), "malformed");
}

TEST_F(OcspRequest, AboutAnAuthorityThatIsNotOursIsUnauthorized) {
  const trust::TemporaryDirectory elsewhere;
  ASSERT_TRUE(CertificateAuthority::initialise(elsewhere.path(), now_));
  const auto stranger =
      trust::X509Certificate::load(generation_files(elsewhere.path(), Kind::authentication, 1).certificate).value();
  EXPECT_EQ(outcome_of(*trust::build_ocsp_request(stranger.der(), card_, nonce_)), "unauthorized");
}

// The openssl command reads the answer, checks responder, signature, nonce and CertID by itself.
class OpenSslAsJudge : public Ocsp {
 protected:
  // What it says of our answer to our request. -no_nonce: it does not put a nonce of its own into the request that it
  // reads.
  std::string judged() const {
    for (const auto* file : {"asked.der", "answer.der"}) std::filesystem::remove(*directory_ / file);
    EXPECT_TRUE(trust::write_new_file("test"_point, *directory_ / "asked.der", request(), trust::Secrecy::open));
    EXPECT_TRUE(trust::write_new_file("test"_point, *directory_ / "answer.der", answer(), trust::Secrecy::open));
    const auto ca = generation_files(directory_->path(), Kind::authentication, 2).certificate.string();
    const auto command = fmt::format(
        "cd {0} && openssl ocsp -issuer {1} -CAfile {1} -no_nonce -serial 0x{2} -reqin asked.der -respin answer.der "
        ">said 2>&1",
        directory_->path().string(), ca, to_hex(card_));
    EXPECT_EQ(std::system(command.c_str()), 0);
    return string_of(trust::read_file(*directory_ / "said", 65536).value());
  }
};

TEST_F(OpenSslAsJudge, AgreesThatAGoodCardIsGood) {
  EXPECT_THAT(judged(), AllOf(HasSubstr("Response verify OK"), HasSubstr(": good"), Not(HasSubstr("ERROR")),
                              Not(HasSubstr("WARNING"))));
}

TEST_F(OpenSslAsJudge, AgreesThatARevokedCardIsRevokedAndWhy) {
  ASSERT_TRUE(authority_->revoke(card_, RevocationReason::key_compromise, now_));
  EXPECT_THAT(judged(),
              AllOf(HasSubstr("Response verify OK"), HasSubstr(": revoked"), HasSubstr("Reason: keyCompromise")));
}

TEST_F(OpenSslAsJudge, AgreesThatAnUnknownSerialIsUnknown) {
  card_ = Bytes{0x7f, 0xff, 0xff, 0xff};
  EXPECT_THAT(judged(), AllOf(HasSubstr("Response verify OK"), HasSubstr(": unknown")));
}

}  // namespace
}  // namespace mado::jpki
