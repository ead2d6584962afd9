// OpenSSL's command as judge over what the real parties signed, sealed and answered in one session.
#include <gtest/gtest.h>

#include <map>

#include "jpki/edge/responder.hpp"
#include "tests/chain/parties.hpp"

namespace mado::chain_tests {
namespace {

using outside::Words;
using trust::StatementType;

struct Judges : ::testing::Test {
  Installation installation;
  PlayedKiosk kiosk{installation};

  std::string write(const std::string& name, ByteView bytes) {
    outside::write_file(installation.at(name), string_of(bytes));
    return installation.at(name).string();
  }
  std::string key(const std::string& stem) const { return installation.at("keys/" + stem).string(); }

  // The signer's certificate is trusted by itself; -cades checks signing-certificate-v2; the content must come out as
  // it is.
  int verify(ByteView statement, const std::string& trusted) {
    const auto in = write("statement.der", statement);
    std::filesystem::remove(installation.at("content"));
    return outside::run({"openssl", "cms", "-verify", "-binary", "-cades", "-inform", "DER", "-in", in, "-out",
                         installation.at("content").string(), "-CAfile", trusted, "-partial_chain", "-purpose", "any"})
        .code;
  }
  void judge(const std::string& name, StatementType type, const std::string& statement, const std::string& trusted) {
    const auto said = must(kiosk.crypto.read(view_of(statement), type));
    EXPECT_EQ(verify(view_of(statement), trusted), 0) << name;
    EXPECT_EQ(outside::content_of(installation.at("content")), string_of(said.content)) << name;

    const auto begin = statement.find(string_of(said.content));
    ASSERT_NE(begin, std::string::npos) << name;
    for (const auto at :
         {begin, begin + said.content.size() / 2, begin + said.content.size() - 1, statement.size() - 1}) {
      EXPECT_NE(verify(with_byte_changed(bytes_of(statement), at), trusted), 0)
          << name << " with byte " << at << " changed";
    }
  }
};

TEST_F(Judges, CmsVerifyAcceptsEveryStatementOfASessionAndNoneWithAByteChanged) {
  must(kiosk.client.choose(v1::SERVICE_HOME_CITY, city_code));
  v1::ChallengeQuery ask;
  ask.set_city(city_code);
  ask.set_kiosk("K000001");
  const auto challenge = must(kiosk.send("GetChallenge", wire::serialise(ask)));
  must(kiosk.client.accept_challenge(challenge, now()));
  const auto open = must(kiosk.open_with_card());
  must(kiosk.client.accept_menu(must(kiosk.send("Open", open)), now()));
  const auto menu = must(wire::parse<v1::CityReply>(kiosk.crypto.opened.back(), "reply")).statement();
  const auto apply = kiosk.apply();
  const auto pages = must(kiosk.send("Apply", apply));
  const auto certificate = must(kiosk.client.accept_certificate(pages, now()));
  const auto certificate_statement = must(wire::parse<v1::CityReply>(kiosk.crypto.opened.back(), "reply")).statement();
  must(kiosk.client.accept_release(must(kiosk.send("Confirm", must(kiosk.confirm(certificate)))), now()));
  const auto release = must(wire::parse<v1::CityReply>(kiosk.crypto.opened.back(), "reply")).statement();
  const auto receipt = must(kiosk::sign_receipt(kiosk.crypto, *kiosk.device_key, kiosk.receipt(), now()));

  const auto opened = must(wire::parse<v1::OpenQuery>(open, "open query"));
  const auto city = key("city/statement.pem");
  const auto jpki = installation.at("jpki/authentication-1.pem").string();
  judge("challenge", StatementType::challenge,
        must(wire::parse<v1::ChallengeAnswer>(challenge, "challenge answer")).challenge(), city);
  judge("opening", StatementType::opening, opened.opening(), jpki);
  judge("endorsement", StatementType::endorsement, opened.endorsement(), key("kiosk/kiosk-authority.pem"));
  judge("menu", StatementType::menu, menu, city);
  judge("certificate", StatementType::certificate, certificate_statement, city);
  judge("grant", StatementType::guard_grant, must(wire::parse<v1::ApplyAnswer>(pages, "apply answer")).grant(),
        key("center/center-1.pem"));
  judge("release", StatementType::release, release, city);
  judge("receipt", StatementType::receipt, string_of(receipt), key("kiosk/kiosk-authority.pem"));
  EXPECT_NE(verify(view_of(menu), jpki), 0) << "and not under another's key";
}

TEST_F(Judges, CmsDecryptOpensAnEnvelopeWithTheKeyAndNoOther) {
  must(kiosk.fetch_challenge());
  const auto query = must(wire::parse<v1::OpenQuery>(must(kiosk.open_with_card()), "open query"));
  const auto in = write("envelope.der", view_of(query.sealed()));
  const auto out = installation.at("opened").string();
  const auto decrypt = [&](const std::string& private_key, const std::string& certificate) {
    return outside::run({"openssl", "cms", "-decrypt", "-binary", "-inform", "DER", "-in", in, "-out", out, "-inkey",
                         private_key, "-recip", certificate});
  };
  const auto opened = decrypt(key("city/receiving.key"), key("city/receiving.pem"));
  ASSERT_EQ(opened.code, 0) << opened.output;
  EXPECT_NE(outside::content_of(out).find(query.opening()), std::string::npos) << "the opening lies inside";
  EXPECT_NE(decrypt(key("city/statement.key"), key("city/receiving.pem")).code, 0);
}

TEST_F(Judges, OcspAcceptsTheAnswerAndNotALaterNonce) {
  const auto card = must(kiosk.crypto.check_certificate(kiosk.card_certificate(), kiosk.roster->jpki_authorities(),
                                                        trust::CertificateUse::card, now()));
  CorruptCenter center(installation);
  const auto nonce = kiosk.crypto.digest(view_of("a statement"));
  const auto authority = installation.at("jpki/authentication-1.pem").string();
  const auto request = write("request.der", must(kiosk.crypto.ocsp_request(card, nonce)));
  const auto other =
      write("other-request.der", must(kiosk.crypto.ocsp_request(card, kiosk.crypto.digest(view_of("another")))));
  const auto answer = write("answer.der", center.ocsp(kiosk.card_certificate(), authority, nonce));
  const auto judge = [&](const std::string& asked, const Words& more) {
    Words words{"openssl", "ocsp",    "-no_nonce", "-reqin",  asked,    "-respin",
                answer,    "-issuer", authority,   "-CAfile", authority};
    words.insert(words.end(), more.begin(), more.end());
    return outside::run(words);
  };
  const auto accepted = judge(request, {"-serial", "0x" + to_hex(card.serial)});
  EXPECT_EQ(accepted.code, 0) << accepted.output;
  EXPECT_NE(accepted.output.find("Response verify OK"), std::string::npos) << accepted.output;
  EXPECT_NE(accepted.output.find(": good"), std::string::npos) << accepted.output;
  // Only without -serial does the command compare the nonces of the two files.
  EXPECT_EQ(judge(request, {}).output.find("Nonce Verify error"), std::string::npos);
  EXPECT_NE(judge(other, {}).output.find("Nonce Verify error"), std::string::npos);
}

TEST_F(Judges, VerifyAcceptsTheCardsCertificateUnderItsAuthorityOnly) {
  const auto pem = installation.at("card.pem").string();
  ASSERT_EQ(outside::run({"openssl", "x509", "-inform", "DER", "-in",
                          installation.at("card/authentication.der").string(), "-out", pem})
                .code,
            0);
  const auto verify = [&](const std::string& kind) {
    return outside::run(
        {"openssl", "verify", "-x509_strict", "-CAfile", installation.at("jpki/" + kind + "-1.pem").string(), pem});
  };
  EXPECT_EQ(verify("authentication").code, 0) << verify("authentication").output;
  EXPECT_NE(verify("signature").code, 0);
}

}  // namespace
}  // namespace mado::chain_tests
