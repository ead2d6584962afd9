// The tampering table, part one: somebody on the way holds, swaps, changes or repeats what a session sends and
// receives. Each row runs against real processes, names the one reason that answers it, and shows that nothing came of
// it.
#include <gtest/gtest.h>

#include <functional>

#include "tests/chain/parties.hpp"

namespace mado::chain_tests {
namespace {

using trust::StatementType;

struct Tampering : ::testing::Test {
  Installation installation;

  void nothing_was_released() { EXPECT_EQ(installation.released(), 0U) << "no row of the ledger may be confirmed"; }
  std::filesystem::path card_authority() const { return installation.at("jpki/authentication-1.pem"); }
};

TEST_F(Tampering, AnUntouchedSessionIsReleasedOnceAndItsReceiptSettlesIt) {
  PlayedKiosk kiosk(installation);
  const auto certificate = kiosk.fetch_certificate();
  EXPECT_EQ(certificate.sheets.size(), 1U);
  nothing_was_released();
  must(kiosk.client.accept_release(must(kiosk.send("Confirm", must(kiosk.confirm(certificate)))), now()));
  EXPECT_EQ(installation.released(), 1U);

  v1::ReportQuery report;
  report.set_receipt(string_of(must(kiosk::sign_receipt(kiosk.crypto, *kiosk.device_key, kiosk.receipt(), now()))));
  const auto answer =
      must(wire::parse<v1::ReportAnswer>(must(kiosk.send("Report", wire::serialise(report))), "report answer"));
  EXPECT_TRUE(answer.center_has_it());
  EXPECT_TRUE(answer.city_has_it());
  EXPECT_EQ(installation.ledger_rows().front().state, ledger::IssuanceState::settled);
}

// --- repeated

TEST_F(Tampering, CenterReplaysAnApplicationWithFreshOcsp) {
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
  EXPECT_EQ(ending_of(kiosk.client.accept_certificate(wire::serialise(answer), now())), "opening_replayed");
  EXPECT_EQ(installation.ledger_rows().size(), 1U);
  nothing_was_released();
}

// The center has seen the opening, its endorsement and the challenge, and JPKI answers it. It lacks the session's key.
TEST_F(Tampering, CenterReplaysOldOpeningWithFreshOcsp) {
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
  const auto query =
      center.query(digest, center.ocsp(kiosk.card_certificate(), card_authority(), digest), envelopes.seal(bundle));
  EXPECT_EQ(ending_of(center.call_city("Apply", query)), "application_invalid");
  EXPECT_TRUE(installation.ledger_rows().empty());
}

TEST_F(Tampering, TheSameSequenceTwiceWithinAnOpening) {
  PlayedKiosk kiosk(installation);
  kiosk.fetch_certificate();
  kiosk.crypto.before_signing = [](StatementType type, Bytes& content) {
    if (type != StatementType::application) return;
    auto application = must(wire::parse<v1::Application>(content, "application"));
    application.set_sequence(1);
    content = wire::serialise(application);
  };
  EXPECT_EQ(ending_of(kiosk.client.accept_certificate(must(kiosk.send("Apply", kiosk.apply())), now())),
            "opening_replayed");
  EXPECT_EQ(installation.ledger_rows().size(), 1U);
}

// A card that the register moves to another resident after the menu was shown (chain rule 8).
TEST_F(Tampering, AnotherResidentThanTheMenusHolder) {
  PlayedKiosk kiosk(installation);
  kiosk.begin_session();
  kiosk.crypto.before_signing = [&](StatementType type, Bytes& content) {
    if (type != StatementType::application) return;
    auto application = must(wire::parse<v1::Application>(content, "application"));
    application.set_holder(kiosk.client.menu().persons(1).handle());
    content = wire::serialise(application);
  };
  EXPECT_EQ(ending_of(kiosk.client.accept_certificate(must(kiosk.send("Apply", kiosk.apply())), now())),
            "person_not_in_household");
  EXPECT_TRUE(installation.ledger_rows().empty());
}

// The kiosk says which certificate it has opened and checked; the city releases no other.
TEST_F(Tampering, ConfirmedAnotherCertificateThanTheOneMade) {
  PlayedKiosk kiosk(installation);
  auto certificate = kiosk.fetch_certificate();
  certificate.certificate_digest.back() ^= 0x01;
  EXPECT_EQ(
      ending_of(kiosk.client.accept_release(must(kiosk.send("Confirm", must(kiosk.confirm(certificate)))), now())),
      "not_confirmed");
  nothing_was_released();
}

TEST_F(Tampering, MoreApplicationsThanTheCardSignedFor) {
  PlayedKiosk kiosk(installation);
  for (std::uint32_t i = 0; i < application::most_applications; ++i) kiosk.fetch_certificate();
  kiosk::Choices choices{
      .kind = v1::KIND_RESIDENCE_CERTIFICATE, .scope = v1::SCOPE_SELF, .persons = {0}, .options = {}, .copies = 1};
  EXPECT_EQ(ending_of(kiosk.client.apply_query(choices, now())), "opening_used_up");
  EXPECT_EQ(installation.ledger_rows().size(), application::most_applications);
}

TEST_F(Tampering, AConfirmationIsGoodOnce) {
  PlayedKiosk kiosk(installation);
  const auto certificate = kiosk.fetch_certificate();
  const auto confirm = must(kiosk.confirm(certificate));
  must(kiosk.client.accept_release(must(kiosk.send("Confirm", confirm)), now()));
  EXPECT_EQ(ending_of(kiosk.client.accept_release(must(kiosk.send("Confirm", confirm)), now())), "not_confirmed");
  EXPECT_EQ(installation.released(), 1U);
}

// --- swapped

struct TwoSessions : Tampering {
  PlayedKiosk first{installation};
  PlayedKiosk second{
      installation,
      {.name = "K000002", .line = "k000002.kiosk.store.example", .device_key = "K000002", .roster = nullptr}};
};

TEST_F(TwoSessions, YokohamaTransferCrossesTwoAnswers) {
  must(first.fetch_challenge());
  must(second.fetch_challenge());
  const auto first_menu = must(first.send("Open", must(first.open_with_card())));
  const auto second_menu = must(second.send("Open", must(second.open_with_card())));
  EXPECT_EQ(ending_of(first.client.accept_menu(second_menu, now())), "envelope_invalid");
  EXPECT_EQ(ending_of(second.client.accept_menu(first_menu, now())), "envelope_invalid");

  must(first.client.accept_menu(first_menu, now()));
  must(second.client.accept_menu(second_menu, now()));
  const auto first_pages = must(first.send("Apply", first.apply()));
  const auto second_pages = must(second.send("Apply", second.apply()));
  EXPECT_EQ(ending_of(first.client.accept_certificate(second_pages, now())), "envelope_invalid");
  EXPECT_EQ(ending_of(second.client.accept_certificate(first_pages, now())), "envelope_invalid");
  nothing_was_released();
}

TEST_F(TwoSessions, AnotherSessionsReleaseOpensNothing) {
  const auto first_certificate = first.fetch_certificate();
  const auto second_certificate = second.fetch_certificate();
  must(second.confirm(second_certificate));
  const auto release = must(first.send("Confirm", must(first.confirm(first_certificate))));
  EXPECT_EQ(ending_of(second.client.accept_release(release, now())), "envelope_invalid");
  EXPECT_EQ(installation.released(), 1U) << "the first session's, and only that";
}

// Even a mix-up inside the city, past every envelope: the pages of one session in the answer to another.
TEST_F(TwoSessions, CenterSwapsPagesOfTwoSessions) {
  must(first.client.accept_certificate(must(first.send("Apply", (first.begin_session(), first.apply()))), now()));
  second.begin_session();
  const auto query = second.apply();
  auto answer = must(wire::parse<v1::ApplyAnswer>(must(second.send("Apply", query)), "apply answer"));
  must(second.client.accept_certificate(wire::serialise(answer), now()));

  const auto first_reply = must(wire::parse<v1::CityReply>(first.crypto.opened.back(), "reply"));
  const auto second_reply = must(wire::parse<v1::CityReply>(second.crypto.opened.back(), "reply"));
  InsideEnvelopes envelopes(installation);
  const auto bundle =
      envelopes.open<v1::ApplicationBundle>(must(wire::parse<v1::ApplyQuery>(query, "apply query")).sealed());
  const auto opening = must(wire::parse<v1::Opening>(
      must(second.crypto.read(view_of(bundle.opening()), StatementType::opening)).content, "opening"));
  const auto offer = [&](const v1::CityReply& reply) {
    answer.set_sealed(
        string_of(must(second.crypto.seal(wire::serialise(reply), view_of(opening.receiving_certificate())))));
    return ending_of(second.client.accept_certificate(wire::serialise(answer), now()));
  };

  auto pages_of_the_first = second_reply;
  *pages_of_the_first.mutable_images() = first_reply.images();
  EXPECT_EQ(offer(pages_of_the_first), "certificate_not_ours");
  EXPECT_EQ(offer(first_reply), "certificate_not_ours");
  EXPECT_EQ(offer(second_reply), "done") << "the same way, unchanged, is taken";
  nothing_was_released();
}

TEST_F(TwoSessions, AGrantOfAnotherApplication) {
  first.begin_session();
  second.begin_session();
  const auto first_answer =
      must(wire::parse<v1::ApplyAnswer>(must(first.send("Apply", first.apply())), "apply answer"));
  auto second_answer = must(wire::parse<v1::ApplyAnswer>(must(second.send("Apply", second.apply())), "apply answer"));
  second_answer.set_grant(first_answer.grant());
  EXPECT_EQ(ending_of(second.client.accept_certificate(wire::serialise(second_answer), now())), "certificate_not_ours");
}

TEST_F(TwoSessions, AnotherKiosksReceiptSettlesNothing) {
  const auto certificate = first.fetch_certificate();
  must(first.client.accept_release(must(first.send("Confirm", must(first.confirm(certificate)))), now()));
  auto receipt = first.receipt();
  receipt.set_kiosk("K000002");
  v1::ReportQuery report;
  report.set_receipt(string_of(must(kiosk::sign_receipt(second.crypto, *second.device_key, receipt, now()))));
  const auto answer =
      must(wire::parse<v1::ReportAnswer>(must(second.send("Report", wire::serialise(report))), "report answer"));
  EXPECT_FALSE(answer.city_has_it());
  EXPECT_EQ(installation.ledger_rows().front().state, ledger::IssuanceState::confirmed)
      << "the case stays open (chain rule 15)";
}

// --- changed

struct Change {
  const char* name;
  const char* reason_if_the_session_signs_it;
  std::function<void(v1::Application&)> change;
};

void PrintTo(const Change& change, std::ostream* out) { *out << change.name; }

struct ChangedOnTheWay : Tampering, ::testing::WithParamInterface<Change> {
  static Bytes changed(ByteView content) {
    auto application = must(wire::parse<v1::Application>(content, "application"));
    GetParam().change(application);
    return wire::serialise(application);
  }
};

TEST_P(ChangedOnTheWay, OpensNothing) {
  PlayedKiosk kiosk(installation);
  kiosk.begin_session();
  InsideEnvelopes envelopes(installation);
  auto query = must(wire::parse<v1::ApplyQuery>(kiosk.apply(), "apply query"));
  auto bundle = envelopes.open<v1::ApplicationBundle>(query.sealed());
  const auto untouched = bundle.application();
  const auto content = must(kiosk.crypto.read(view_of(untouched), StatementType::application)).content;
  const auto offer = [&] {
    query.set_sealed(envelopes.seal(bundle));
    return ending_of(kiosk.send("Apply", wire::serialise(query)));
  };

  // The content exchanged inside the statement, its signature left as it was.
  const auto at = untouched.find(string_of(content));
  ASSERT_NE(at, std::string::npos);
  auto other = string_of(changed(content));
  ASSERT_EQ(other.size(), content.size());
  auto altered = untouched;
  bundle.set_application(altered.replace(at, content.size(), other));
  EXPECT_EQ(offer(), "statement_invalid");

  // Signed again, by a key that the card did not sign for.
  const auto another_key = kiosk.crypto.make_signing_key(now());
  bundle.set_application(
      string_of(must(kiosk.crypto.sign(StatementType::application, changed(content), *another_key, now()))));
  EXPECT_EQ(offer(), "application_invalid");

  // One bit of the envelope itself.
  auto sealed = must(wire::parse<v1::ApplyQuery>(kiosk.apply(), "apply query"));
  sealed.mutable_sealed()->back() ^= 0x01;
  EXPECT_EQ(ending_of(kiosk.send("Apply", wire::serialise(sealed))), "envelope_invalid");
  EXPECT_TRUE(installation.ledger_rows().empty());
}

TEST_P(ChangedOnTheWay, IsRefusedEvenIfTheSessionItselfSignsIt) {
  PlayedKiosk kiosk(installation);
  kiosk.begin_session();
  kiosk.crypto.before_signing = [](StatementType type, Bytes& content) {
    if (type == StatementType::application) content = changed(content);
  };
  const auto answered = kiosk.send("Apply", kiosk.apply());
  const auto ending = answered ? ending_of(kiosk.client.accept_certificate(*answered, now())) : ending_of(answered);
  EXPECT_EQ(ending, GetParam().reason_if_the_session_signs_it);
  EXPECT_TRUE(installation.ledger_rows().empty());
}

INSTANTIATE_TEST_SUITE_P(
    Rows, ChangedOnTheWay,
    ::testing::Values(Change{"ChangedOption", "option_not_offered",
                             [](v1::Application& application) { application.set_scope(static_cast<v1::Scope>(9)); }},
                      Change{"ChangedCopyCount", "copies_out_of_range",
                             [](v1::Application& application) { application.set_copies(6); }},
                      Change{"ChangedFee", "fee_changed",
                             [](v1::Application& application) { application.set_fee(201); }},
                      Change{"ChangedCity", "application_invalid",
                             [](v1::Application& application) { application.set_city("131024"); }},
                      Change{"ChangedPerson", "person_not_in_household",
                             [](v1::Application& application) { application.set_handles(0, std::string(16, 'x')); }},
                      Change{"ChangedKiosk", "application_invalid",
                             [](v1::Application& application) { application.set_kiosk("K000002"); }},
                      Change{"ChangedRules", "application_changed",
                             [](v1::Application& application) { application.set_rules_version(2); }}),
    [](const auto& row) { return row.param.name; });

TEST_F(Tampering, AnItemThatTheCityDoesNotOffer) {
  installation.change_settings("issuer", ", \"individual_number\"]", "]");
  installation.stop("issuer");
  installation.start("issuer");
  PlayedKiosk kiosk(installation);
  kiosk.begin_session();
  const auto query = kiosk.apply({.kind = v1::KIND_RESIDENCE_CERTIFICATE,
                                  .scope = v1::SCOPE_HOUSEHOLD,
                                  .persons = {0},
                                  .options = {v1::OPTION_INDIVIDUAL_NUMBER},
                                  .copies = 1});
  EXPECT_EQ(ending_of(kiosk.client.accept_certificate(must(kiosk.send("Apply", query)), now())), "option_not_offered");
  EXPECT_TRUE(installation.ledger_rows().empty());
}

// --- late

TEST_F(Tampering, AReleaseThatCameTooLate) {
  PlayedKiosk kiosk(installation);
  const auto certificate = kiosk.fetch_certificate();
  const auto asked_at = now();
  const auto release = must(kiosk.send("Confirm", must(kiosk.client.confirm_query(certificate, asked_at))));
  EXPECT_EQ(ending_of(kiosk.client.accept_release(release, asked_at + std::chrono::seconds{60})), "release_expired");
  EXPECT_EQ(ending_of(kiosk.client.accept_release(release, asked_at + std::chrono::milliseconds{59'999})), "done");
}

}  // namespace
}  // namespace mado::chain_tests
