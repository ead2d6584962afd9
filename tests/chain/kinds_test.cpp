// The tampering table: what only exists where a city offers several kinds of certificates: one kind in another's place,
// its fee, its persons, its service.
#include <algorithm>

#include "registry/edge/registers.hpp"
#include "tests/chain/tampering_row.hpp"

namespace mado::chain_tests {
namespace {

using trust::StatementType;

struct Kinds : Row {
  PlayedKiosk kiosk{installation};

  Outcome<void> accept(Outcome<Bytes> answer) {
    MADO_TRY(came, std::move(answer));
    MADO_CHECK(kiosk.client.accept_certificate(came, now()));
    return {};
  }
  Outcome<void> apply_and_accept() { return accept(kiosk.send("Apply", kiosk.apply())); }
  void says_of_itself(std::function<void(v1::Application&)> change) {
    lies_about<v1::Application>(kiosk, StatementType::application, std::move(change));
  }
  // What the menu says of a kind: "" if it may be had.
  std::string unavailable(v1::Kind kind) {
    const auto& kinds = kiosk.client.menu().kinds();
    return std::ranges::find(kinds, kind, &v1::MenuKind::kind)->unavailable();
  }
  void suppress(const std::string& person, const std::string& record) {
    installation.command({"madoguchi-registry", "suppress", "--config", installation.at("registry.toml").string(),
                          "--resident", person, "--record", record, "--cause", "protected"});
  }
  void cancel_seal() {
    v1::SealRegistration seal;
    must(register_of(installation)
             ->query(
                 "SELECT body FROM seal WHERE number = ? AND in_force = 1", {installation.resident()},
                 [&](const store::Row& row) { seal = must(wire::parse<v1::SealRegistration>(row.blob(0), "seal")); }));
    seal.set_state(v1::SEAL_STATE_CANCELLED);
    const auto registers =
        must(registry::Registers::open("test_opens_registers"_point, installation.at("run/registry.db")));
    must(registers->change("test_cancels_seal"_point, now(), [&](registry::Registers::Change& change) {
      return change.put_seal(installation.resident(), seal);
    }));
  }
  // 戸籍個人番号 of the card's holder.
  std::string number_in_the_family_register() {
    const auto database = register_of(installation);
    std::string found;
    must(database->query("SELECT person FROM standing WHERE record = ? AND resident = ? AND removed = 0",
                         {static_cast<std::int64_t>(v1::RECORD_KIND_FAMILY_REGISTER), installation.resident()},
                         [&](const store::Row& row) { found = row.text(0); }));
    return found;
  }
};

// Both are of one session and sealed to one key: what was made first comes in the place of what was asked for next.
TEST_F(Kinds, PagesOfAnotherKindOfTheSameSession) {
  kiosk.begin_session();
  must(apply_and_accept());
  const auto first = must(wire::parse<v1::CityReply>(kiosk.crypto.opened.back(), "reply"));
  const auto query = kiosk.apply();
  auto answer = must(wire::parse<v1::ApplyAnswer>(must(kiosk.send("Apply", query)), "apply answer"));
  must(kiosk.client.accept_certificate(wire::serialise(answer), now()));
  auto mixed = must(wire::parse<v1::CityReply>(kiosk.crypto.opened.back(), "reply"));
  *mixed.mutable_images() = first.images();
  InsideEnvelopes envelopes(installation);
  for (const auto& reply : {mixed, first}) {
    answer.set_sealed(envelopes.seal_for_session(query, reply));
    refused(kiosk.client.accept_certificate(wire::serialise(answer), now()));
  }
}

TEST_F(Kinds, GrantForAnApplicationOfAnotherKind) {
  kiosk.begin_session();
  kiosk.apply();
  const auto digest_of_the_first = kiosk.client.application_digest();
  const auto sealed = must(wire::parse<v1::ApplyQuery>(kiosk.apply(), "apply query")).sealed();
  CorruptCenter center(installation);
  const auto& digest = kiosk.client.application_digest();
  auto query = center.query(
      digest, center.ocsp(kiosk.card_certificate(), installation.at("jpki/authentication-1.pem"), digest), sealed);
  query.set_grant(center.grant(digest_of_the_first, 4));
  refused(center.call_city("Apply", query));
}

TEST_F(Kinds, FeeOfAnotherKind) {
  kiosk.begin_session();
  says_of_itself([fee = kiosk.client.menu().kinds(0).fee()](auto& said) { said.set_fee(fee); });
  refused(apply_and_accept());
}

TEST_F(Kinds, AKindThatIsInNoMenu) {
  kiosk.begin_session();
  says_of_itself([](auto& said) { said.set_kind(static_cast<v1::Kind>(11)); });
  refused(apply_and_accept());
}

// The menu lists it with the reason why it may not be had; the session applies all the same.
TEST_F(Kinds, AKindThatTheMenuWithheld) {
  suppress(number_in_the_family_register(), "family_registers");
  kiosk.begin_session();
  EXPECT_EQ(unavailable(v1::KIND_FAMILY_REGISTER_WHOLE), "cannot_be_issued");
  EXPECT_EQ(unavailable(v1::KIND_SEAL_CERTIFICATE), "");
  refused(apply_and_accept());
}

// 和子 lives in the household and stands in another 戸籍.
TEST_F(Kinds, SomebodyOfTheHouseholdOnAFamilyRegister) {
  kiosk.begin_session();
  const auto& persons = kiosk.client.menu().persons();
  const auto other = std::ranges::find_if(persons, [](const auto& person) { return person.groups_size() == 1; });
  ASSERT_NE(other, persons.end());
  ASSERT_EQ(other->groups(0), v1::GROUP_HOUSEHOLD);
  says_of_itself([handle = other->handle()](auto& said) { said.add_handles(handle); });
  refused(apply_and_accept());
}

// --- what the card has signed for is one service

TEST_F(Kinds, DomicileOpeningForAResidentsPaper) {
  kiosk.service = v1::SERVICE_DOMICILE_CITY;
  kiosk.begin_session();
  for (const auto kind : {v1::KIND_RESIDENCE_CERTIFICATE, v1::KIND_SEAL_CERTIFICATE, v1::KIND_TAXATION}) {
    says_of_itself([kind](auto& said) {
      said.set_kind(kind);
      said.set_scope(v1::SCOPE_SELF);
    });
    refused(apply_and_accept());
  }
}

TEST_F(Kinds, HomeOpeningForADomicileApplication) {
  must(kiosk.fetch_challenge());
  refused(kiosk.send("Open", must(kiosk.open_for_domicile())));
}

TEST_F(Kinds, DomicileRegistrationOpeningForAMenu) {
  kiosk.service = v1::SERVICE_DOMICILE_REGISTRATION;
  must(kiosk.fetch_challenge());
  refused(kiosk.send("Open", must(kiosk.open_with_card())));
}

// --- さいたま: between certificate and release

TEST_F(Kinds, SaitamaSealCancelledBetweenIssueAndConfirm) {
  const auto certificate = kiosk.fetch_certificate();
  cancel_seal();
  refused(kiosk.client.accept_release(must(kiosk.send("Confirm", must(kiosk.confirm(certificate)))), now()));
}

TEST_F(Kinds, SaitamaFamilyRegisterProtectedBetweenIssueAndConfirm) {
  const auto certificate = kiosk.fetch_certificate();
  suppress(number_in_the_family_register(), "family_registers");
  refused(kiosk.client.accept_release(must(kiosk.send("Confirm", must(kiosk.confirm(certificate)))), now()));
}

}  // namespace
}  // namespace mado::chain_tests
