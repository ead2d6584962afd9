// The tampering table: cards that are not valid, and what is said about their validity.
#include "jpki/edge/responder.hpp"
#include "tests/chain/tampering_row.hpp"
#include "trust/file.hpp"

namespace mado::chain_tests {
namespace {

using trust::StatementType;

struct Validity : Row {
  void revoke_card_of(PlayedKiosk& kiosk) {
    const auto card = must(kiosk.crypto.check_certificate(kiosk.card_certificate(), kiosk.roster->jpki_authorities(),
                                                          trust::CertificateUse::card, now()));
    installation.command({"madoguchi-jpki", "revoke", "--dir", installation.at("jpki").string(), "--serial",
                          to_hex(card.serial), "--reason", "keyCompromise"});
  }
};

TEST_F(Validity, RevokedCard) {
  PlayedKiosk kiosk(installation);
  kiosk.begin_session();
  const auto query = kiosk.apply();
  revoke_card_of(kiosk);
  refused(kiosk.send("Apply", query));  // revoked between the menu and the application

  PlayedKiosk later(installation);
  must(later.fetch_challenge());
  refused(later.send("Open", must(later.open_with_card())));
}

TEST_F(Validity, CardRevokedBetweenIssueAndConfirm) {
  PlayedKiosk kiosk(installation);
  const auto certificate = kiosk.fetch_certificate();
  revoke_card_of(kiosk);
  refused(kiosk.send("Confirm", must(kiosk.confirm(certificate))));
}

// A center that does not ask JPKI anew, or hands on what JPKI said about something else: the issuer checks it itself.
struct ValidityOffered : Validity {
  PlayedKiosk kiosk{installation};
  CorruptCenter center{installation};
  std::string sealed;

  void SetUp() override {
    kiosk.begin_session();
    sealed = must(wire::parse<v1::ApplyQuery>(kiosk.apply(), "apply query")).sealed();
  }
  const Bytes& digest() const { return kiosk.client.application_digest(); }
  std::filesystem::path first_generation() const { return installation.at("jpki/authentication-1.pem"); }
  std::string offer(const v1::CityQuery& query) {
    v1::ApplyAnswer answer;
    answer.set_sealed(must(center.call_city("Apply", query)).sealed());
    answer.set_grant(query.grant());
    return ending_of(kiosk.client.accept_certificate(wire::serialise(answer), now()));
  }
};

TEST_F(ValidityOffered, StaleOcspAnswer) {
  const auto card = must(kiosk.crypto.check_certificate(kiosk.card_certificate(), kiosk.roster->jpki_authorities(),
                                                        trust::CertificateUse::card, now()));
  const auto responder = must(jpki::OcspResponder::open(installation.at("jpki")));
  const auto request = must(kiosk.crypto.ocsp_request(card, digest()));
  const auto old = responder->answer(request, now() + std::chrono::seconds{-62}).response;
  refused(offer(center.query(digest(), old, sealed)));
}

TEST_F(ValidityOffered, StaleCheckOfTheCenter) {
  const auto ocsp = center.ocsp(kiosk.card_certificate(), first_generation(), digest());
  refused(offer(center.query(digest(), ocsp, sealed, now() + std::chrono::seconds{-62})));
}

TEST_F(ValidityOffered, OcspAnswerOfAnotherApplication) {
  const auto ocsp =
      center.ocsp(kiosk.card_certificate(), first_generation(), center.crypto.digest(view_of("another application")));
  refused(offer(center.query(digest(), ocsp, sealed)));
}

// All generations of the authority have one name; only the key tells them apart.
TEST_F(ValidityOffered, OcspAnswerOfAnotherGeneration) {
  const auto directory = installation.at("jpki").string();
  installation.command({"madoguchi-jpki", "generation", "--dir", directory, "--kind", "authentication"});
  const auto other = installation.at("card/second-generation.der");
  installation.command({"madoguchi-jpki", "issue", "--dir", directory, "--kind", "authentication", "--city", city_code,
                        "--birth", "1980-02-17", "--spki",
                        installation.at("card/public/authentication.spki.der").string(), "--out", other.string()});
  installation.stop("jpki");
  installation.start("jpki");
  const auto ocsp =
      center.ocsp(must(trust::read_file(other, 4096)), installation.at("jpki/authentication-2.pem"), digest());
  refused(offer(center.query(digest(), ocsp, sealed)));
}

TEST_F(ValidityOffered, FreshAnswerOfThisApplicationIsTaken) {
  const auto ocsp = center.ocsp(kiosk.card_certificate(), first_generation(), digest());
  EXPECT_EQ(offer(center.query(digest(), ocsp, sealed)), "done");
}

TEST_F(ValidityOffered, CheckForAnotherKiosk) {
  const auto ocsp = center.ocsp(kiosk.card_certificate(), first_generation(), digest());
  auto query = center.query(digest(), ocsp, sealed);
  query.set_check(center.check(digest(), ocsp, "K000002"));
  refused(offer(query));
}

TEST_F(ValidityOffered, CheckOverAnotherOcspAnswer) {
  const auto ocsp = center.ocsp(kiosk.card_certificate(), first_generation(), digest());
  auto query = center.query(digest(), ocsp, sealed);
  query.set_ocsp(string_of(center.ocsp(kiosk.card_certificate(), first_generation(), digest())));
  if (query.ocsp() == string_of(ocsp)) query.mutable_ocsp()->back() ^= 0x01;
  refused(offer(query));
}

TEST_F(ValidityOffered, CheckSignedByNoCenter) {
  const auto ocsp = center.ocsp(kiosk.card_certificate(), first_generation(), digest());
  auto query = center.query(digest(), ocsp, sealed);
  const auto own_key = center.crypto.make_signing_key(now());
  const auto said = must(center.crypto.read(view_of(query.check()), StatementType::check));
  query.set_check(string_of(must(center.crypto.sign(StatementType::check, said.content, *own_key, now()))));
  refused(offer(query));
}

}  // namespace
}  // namespace mado::chain_tests
