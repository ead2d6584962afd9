// The tampering table: what was right once is offered again, or comes too late.
#include <functional>

#include "tests/chain/tampering_row.hpp"

namespace mado::chain_tests {
namespace {

using trust::StatementType;

struct Repeated : Row {
  std::filesystem::path card_authority() const { return installation.at("jpki/authentication-1.pem"); }
};

TEST_F(Repeated, AnUntouchedSessionIsReleasedOnceAndItsReceiptSettlesIt) {
  PlayedKiosk kiosk(installation);
  const auto certificate = kiosk.fetch_certificate();
  EXPECT_EQ(certificate.sheets.size(), 1U);
  EXPECT_EQ(installation.released(), 0U);
  must(kiosk.client.accept_release(must(kiosk.send("Confirm", must(kiosk.confirm(certificate)))), now()));

  v1::ReportQuery report;
  report.set_receipt(string_of(must(kiosk::sign_receipt(kiosk.crypto, *kiosk.device_key, kiosk.receipt(), now()))));
  const auto answer =
      must(wire::parse<v1::ReportAnswer>(must(kiosk.send("Report", wire::serialise(report))), "report answer"));
  EXPECT_FALSE(answer.by_center().empty());
  EXPECT_FALSE(answer.by_city().empty());
  EXPECT_EQ(installation.ledger_rows().front().state, ledger::IssuanceState::settled);
}

TEST_F(Repeated, CenterReplaysAnApplicationWithFreshOcsp) {
  PlayedKiosk kiosk(installation);
  kiosk.begin_session();
  const auto query = kiosk.apply();
  must(kiosk.client.accept_certificate(must(kiosk.send("Apply", query)), now()));

  CorruptCenter center(installation);
  const auto sealed = must(wire::parse<v1::ApplyQuery>(query, "apply query")).sealed();
  const auto& digest = kiosk.client.application_digest();
  const auto again = center.query(digest, center.ocsp(kiosk.card_certificate(), card_authority(), digest), sealed);
  v1::ApplyAnswer answer;
  answer.set_sealed(must(center.call_city("Apply", again)).sealed());
  answer.set_grant(again.grant());
  refused(kiosk.client.accept_certificate(wire::serialise(answer), now()));
}

// The center has seen the opening, its endorsement and the challenge, and JPKI answers it. It lacks the session's key.
TEST_F(Repeated, CenterReplaysOldOpeningWithFreshOcsp) {
  PlayedKiosk kiosk(installation);
  must(kiosk.fetch_challenge());
  const auto open = must(kiosk.open_with_card());
  must(kiosk.client.accept_menu(must(kiosk.send("Open", open)), now()));

  CorruptCenter center(installation);
  InsideEnvelopes envelopes(installation);
  const auto seen =
      envelopes.open<v1::ApplicationBundle>(must(wire::parse<v1::ApplyQuery>(kiosk.apply(), "apply query")).sealed());
  const auto own_key = center.crypto.make_signing_key(now());
  auto bundle = seen;
  const auto content = must(center.crypto.read(view_of(seen.application()), StatementType::application)).content;
  bundle.set_application(string_of(must(center.crypto.sign(StatementType::application, content, *own_key, now()))));
  const auto digest = center.crypto.digest(view_of(bundle.application()));
  refused(center.call_city(
      "Apply",
      center.query(digest, center.ocsp(kiosk.card_certificate(), card_authority(), digest), envelopes.seal(bundle))));
}

TEST_F(Repeated, TheSameSequenceTwiceWithinAnOpening) {
  PlayedKiosk kiosk(installation);
  kiosk.fetch_certificate();
  lies_about<v1::Application>(kiosk, StatementType::application, [](auto& said) { said.set_sequence(1); });
  refused(kiosk.client.accept_certificate(must(kiosk.send("Apply", kiosk.apply())), now()));
}

TEST_F(Repeated, SequenceBeyondTheOpening) {
  PlayedKiosk kiosk(installation);
  kiosk.begin_session();
  for (const std::uint32_t sequence : {0U, application::most_applications + 1}) {
    lies_about<v1::Application>(kiosk, StatementType::application,
                                [sequence](auto& said) { said.set_sequence(sequence); });
    refused(kiosk.client.accept_certificate(must(kiosk.send("Apply", kiosk.apply())), now()));
  }
}

TEST_F(Repeated, MoreApplicationsThanTheCardSignedFor) {
  PlayedKiosk kiosk(installation);
  for (std::uint32_t i = 0; i < application::most_applications; ++i) kiosk.fetch_certificate();
  refused(kiosk.client.apply_query(kiosk.choices_for(installation.next_kind()), now()));
}

TEST_F(Repeated, AConfirmationIsGoodOnce) {
  PlayedKiosk kiosk(installation);
  const auto certificate = kiosk.fetch_certificate();
  const auto confirm = must(kiosk.confirm(certificate));
  must(kiosk.client.accept_release(must(kiosk.send("Confirm", confirm)), now()));
  refused(kiosk.client.accept_release(must(kiosk.send("Confirm", confirm)), now()));
}

// Nothing was made yet, or what was made is not what the kiosk says it has opened.
TEST_F(Repeated, ConfirmedBeforeItWasMade) {
  PlayedKiosk kiosk(installation);
  kiosk.begin_session();
  kiosk.apply();
  kiosk::CheckedCertificate invented;
  invented.certificate_digest = Bytes(32, 0x5a);
  refused(kiosk.client.accept_release(must(kiosk.send("Confirm", must(kiosk.confirm(invented)))), now()));
}

TEST_F(Repeated, ConfirmedAnotherCertificateThanTheOneMade) {
  PlayedKiosk kiosk(installation);
  auto certificate = kiosk.fetch_certificate();
  certificate.certificate_digest.back() ^= 0x01;
  refused(kiosk.client.accept_release(must(kiosk.send("Confirm", must(kiosk.confirm(certificate)))), now()));
}

// --- the answer to one application of a session for the next: both are sealed to one key (lessons.md, 横浜)

TEST_F(Repeated, YokohamaLateCertificateOfThePreviousApplication) {
  PlayedKiosk kiosk(installation);
  kiosk.begin_session();
  const auto late = must(kiosk.send("Apply", kiosk.apply()));
  const auto own = must(kiosk.send("Apply", kiosk.apply()));
  refused(kiosk.client.accept_certificate(late, now()));
  EXPECT_EQ(ending_of(kiosk.client.accept_certificate(own, now())), "done");
}

TEST_F(Repeated, ConfirmedWithThePreviousCertificate) {
  PlayedKiosk kiosk(installation);
  const auto previous = kiosk.fetch_certificate();
  kiosk.fetch_certificate();
  refused(kiosk.client.accept_release(must(kiosk.send("Confirm", must(kiosk.confirm(previous)))), now()));
}

TEST_F(Repeated, ReleaseOfThePreviousApplication) {
  PlayedKiosk kiosk(installation);
  const auto previous = must(kiosk.send("Confirm", must(kiosk.confirm(kiosk.fetch_certificate()))));
  must(kiosk.confirm(kiosk.fetch_certificate()));
  refused(kiosk.client.accept_release(previous, now()));
}

TEST_F(Repeated, AReleaseThatCameTooLate) {
  PlayedKiosk kiosk(installation);
  const auto certificate = kiosk.fetch_certificate();
  const auto asked_at = now();
  const auto release = must(kiosk.send("Confirm", must(kiosk.client.confirm_query(certificate, asked_at))));
  refused(kiosk.client.accept_release(release, asked_at + std::chrono::seconds{60}));
  EXPECT_EQ(ending_of(kiosk.client.accept_release(release, asked_at + std::chrono::milliseconds{59'999})), "done");
}

}  // namespace
}  // namespace mado::chain_tests
