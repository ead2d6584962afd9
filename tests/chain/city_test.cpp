// The tampering table: a city that says what it should not, with its own key or with another city's.
#include "tests/chain/tampering_row.hpp"
#include "trust/file.hpp"

namespace mado::chain_tests {
namespace {

using trust::StatementType;

// The city's answer to an application, opened, changed, signed again by the city's own key and sealed again.
struct City : Row {
  PlayedKiosk kiosk{installation};
  InsideEnvelopes envelopes{installation};
  std::shared_ptr<const trust::SigningKey> city_key = must(
      trust::load_signing_key(installation.at("keys/city/statement.key"), installation.at("keys/city/statement.pem")));
  Bytes query;
  v1::ApplyAnswer answer;
  v1::CityReply reply;

  void SetUp() override {
    kiosk.begin_session();
    query = kiosk.apply();
    answer = must(wire::parse<v1::ApplyAnswer>(must(kiosk.send("Apply", query)), "apply answer"));
    must(kiosk.client.accept_certificate(wire::serialise(answer), now()));
    reply = must(wire::parse<v1::CityReply>(kiosk.crypto.opened.back(), "reply"));
  }
  std::string sign(StatementType type, const google::protobuf::Message& content, const trust::SigningKey& key) {
    return string_of(must(kiosk.crypto.sign(type, wire::serialise(content), key, now())));
  }
  void sign_certificate_again(const trust::SigningKey& key, const std::function<void(v1::Certificate&)>& change) {
    auto said = must(wire::parse<v1::Certificate>(
        must(kiosk.crypto.read(view_of(reply.statement()), StatementType::certificate)).content, "certificate"));
    change(said);
    reply.set_statement(sign(StatementType::certificate, said, key));
  }
  Outcome<kiosk::CheckedCertificate> offer() {
    answer.set_sealed(envelopes.seal_for_session(query, reply));
    return kiosk.client.accept_certificate(wire::serialise(answer), now());
  }
};

TEST_F(City, SignedAndSealedAgainUnchangedItIsTaken) {
  sign_certificate_again(*city_key, [](auto&) {});
  EXPECT_EQ(ending_of(offer()), "done");
}

// The issuer says whom it drew, by the rows that it drew (lessons.md, 足立): the kiosk asked for somebody else.
TEST_F(City, AdachiCitySignsThatItDrewSomebodyElse) {
  const auto somebody = kiosk.client.menu().persons(1).handle();
  sign_certificate_again(*city_key, [&](auto& said) { said.set_handles(0, somebody); });
  refused(offer());
}

TEST_F(City, CertificateAtAnotherFee) {
  sign_certificate_again(*city_key, [](auto& said) { said.set_fee(said.fee() + 100); });
  refused(offer());
}

TEST_F(City, CertificateOfMoreCopies) {
  sign_certificate_again(*city_key, [](auto& said) { *said.add_copies() = said.copies(0); });
  refused(offer());
}

TEST_F(City, CertificateOfAnotherKind) {
  sign_certificate_again(*city_key, [](auto& said) { said.set_kind(v1::KIND_RESIDENCE_CERTIFICATE); });
  refused(offer());
}

TEST_F(City, AnImageMoreThanSigned) {
  reply.add_images(reply.images(0));
  refused(offer());
}

TEST_F(City, CertificateSignedByAnotherCity) {
  const auto other = installation.at("keys/other-city");
  installation.command({"madoguchi-ceremony", "city", "--dir", other.string(), "--code", "131024", "--prefecture",
                        "東京都", "--name", "中央区"});
  const auto other_key = must(trust::load_signing_key(other / "statement.key", other / "statement.pem"));
  sign_certificate_again(*other_key, [](auto&) {});
  refused(offer());
}

// A refusal ends an application; one that was meant for another request must not.
TEST_F(City, RefusalOfAnotherRequest) {
  v1::CityRefusal refusal;
  refusal.set_request_digest(string_of(kiosk.crypto.digest(view_of("another request"))));
  refusal.set_code("cannot_be_issued");
  refusal.set_salt(std::string(32, 's'));
  reply.clear_images();
  reply.set_statement(sign(StatementType::city_refusal, refusal, *city_key));
  refused(offer());
}

// A minute is the most that a kiosk believes, whatever the city says (chain.md, message 5).
TEST_F(City, ReleaseThatClaimsToBeGoodForAnHour) {
  const auto certificate = kiosk.fetch_certificate();
  const auto asked_at = now();
  const auto confirm = must(kiosk.client.confirm_query(certificate, asked_at));
  const auto bundle =
      envelopes.open<v1::ConfirmationBundle>(must(wire::parse<v1::ConfirmQuery>(confirm, "confirm query")).sealed());
  v1::Release release;
  release.set_confirmation_digest(string_of(kiosk.crypto.digest(view_of(bundle.confirmation()))));
  release.set_application_digest(string_of(kiosk.client.application_digest()));
  release.set_released_at(asked_at.milliseconds);
  release.set_good_for(3600);
  release.set_salt(std::string(32, 's'));
  v1::CityReply said;
  said.set_statement(sign(StatementType::release, release, *city_key));
  v1::ConfirmAnswer late;
  late.set_sealed(envelopes.seal_for_session(query, said));
  refused(kiosk.client.accept_release(wire::serialise(late), asked_at + std::chrono::seconds{60}));
}

}  // namespace
}  // namespace mado::chain_tests
