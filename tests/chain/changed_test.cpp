// The tampering table: an application, and what comes with it, changed on the way or by a session that lies.
#include <functional>

#include "tests/chain/tampering_row.hpp"

namespace mado::chain_tests {
namespace {

using trust::StatementType;

struct Changed : Row {
  PlayedKiosk kiosk{installation};

  void SetUp() override { kiosk.begin_session(); }
  Outcome<void> apply_and_accept(const Bytes& query) {
    MADO_TRY(answer, kiosk.send("Apply", query));
    MADO_CHECK(kiosk.client.accept_certificate(answer, now()));
    return {};
  }
  kiosk::Choices choices(v1::Scope scope, std::vector<std::size_t> persons) {
    return {
        .kind = installation.next_kind(), .scope = scope, .persons = std::move(persons), .options = {}, .copies = 1};
  }
};

// --- one field of the application

struct Change {
  const char* name;
  std::function<void(v1::Application&)> change;
};

void PrintTo(const Change& change, std::ostream* out) { *out << change.name; }

struct ChangedOnTheWay : Changed, ::testing::WithParamInterface<Change> {
  static Bytes changed(ByteView content) {
    auto application = must(wire::parse<v1::Application>(content, "application"));
    GetParam().change(application);
    return wire::serialise(application);
  }
};

TEST_P(ChangedOnTheWay, OpensNothing) {
  InsideEnvelopes envelopes(installation);
  auto query = must(wire::parse<v1::ApplyQuery>(kiosk.apply(), "apply query"));
  auto bundle = envelopes.open<v1::ApplicationBundle>(query.sealed());
  const auto untouched = bundle.application();
  const auto content = must(kiosk.crypto.read(view_of(untouched), StatementType::application)).content;
  const auto offer = [&] {
    query.set_sealed(envelopes.seal(bundle));
    refused(kiosk.send("Apply", wire::serialise(query)));
  };

  // The content exchanged inside the statement, its signature left as it was.
  const auto at = untouched.find(string_of(content));
  ASSERT_NE(at, std::string::npos);
  auto other = string_of(changed(content));
  ASSERT_EQ(other.size(), content.size());
  auto altered = untouched;
  bundle.set_application(altered.replace(at, content.size(), other));
  offer();

  // Signed again, by a key that the card did not sign for.
  const auto another_key = kiosk.crypto.make_signing_key(now());
  bundle.set_application(
      string_of(must(kiosk.crypto.sign(StatementType::application, changed(content), *another_key, now()))));
  offer();

  // One bit of the envelope itself.
  auto sealed = must(wire::parse<v1::ApplyQuery>(kiosk.apply(), "apply query"));
  sealed.mutable_sealed()->back() ^= 0x01;
  refused(kiosk.send("Apply", wire::serialise(sealed)));

  // And if the session itself signs what its citizen did not choose.
  kiosk.crypto.before_signing = [](StatementType type, Bytes& said) {
    if (type == StatementType::application) said = changed(said);
  };
  refused(apply_and_accept(kiosk.apply()));
}

INSTANTIATE_TEST_SUITE_P(
    Rows, ChangedOnTheWay,
    ::testing::Values(
        Change{"ChangedOption", [](v1::Application& application) { application.set_scope(static_cast<v1::Scope>(9)); }},
        Change{"ChangedCopyCount", [](v1::Application& application) { application.set_copies(6); }},
        Change{"ChangedFee", [](v1::Application& application) { application.set_fee(201); }},
        Change{"ChangedCity", [](v1::Application& application) { application.set_city("131024"); }},
        Change{"ChangedPerson", [](v1::Application& application) { application.set_handles(0, std::string(16, 'x')); }},
        Change{"ChangedKiosk", [](v1::Application& application) { application.set_kiosk("K000002"); }},
        Change{"ChangedRules", [](v1::Application& application) { application.set_rules_version(2); }}),
    [](const auto& row) { return row.param.name; });

TEST_F(Changed, AnItemThatTheCityDoesNotOffer) {
  auto asked = choices(v1::SCOPE_HOUSEHOLD, {0});
  asked.options = {v1::OPTION_KANA};
  refused(kiosk.client.accept_certificate(must(kiosk.send("Apply", kiosk.apply(asked))), now()));
}

// --- persons

// A card that the register moves to another resident after the menu was shown (chain rule 8).
TEST_F(Changed, AnotherResidentThanTheMenusHolder) {
  const auto somebody = kiosk.client.menu().persons(1).handle();
  lies_about<v1::Application>(kiosk, StatementType::application, [somebody](auto& said) { said.set_holder(somebody); });
  refused(apply_and_accept(kiosk.apply()));
}

TEST_F(Changed, AnotherMembersPaperAsOnesOwn) {
  ASSERT_TRUE(kiosk.client.menu().persons(0).holder());
  refused(apply_and_accept(kiosk.apply(choices(v1::SCOPE_SELF, {1}))));
}

TEST_F(Changed, PartOfTheHouseholdAsTheWhole) {
  refused(apply_and_accept(kiosk.apply(choices(v1::SCOPE_HOUSEHOLD, {0, 1}))));
}

TEST_F(Changed, TheSamePersonTwice) { refused(apply_and_accept(kiosk.apply(choices(v1::SCOPE_MEMBERS, {0, 0})))); }

TEST_F(Changed, PersonsOutOfTheMenusOrder) {
  refused(apply_and_accept(kiosk.apply(choices(v1::SCOPE_MEMBERS, {1, 0}))));
}

// --- what the center adds

struct ChangedGrant : Changed {
  CorruptCenter center{installation};
  std::string sealed;

  void SetUp() override {
    Changed::SetUp();
    sealed = must(wire::parse<v1::ApplyQuery>(kiosk.apply(), "apply query")).sealed();
  }
  v1::CityQuery honest_query() {
    const auto& digest = kiosk.client.application_digest();
    const auto ocsp = center.ocsp(kiosk.card_certificate(), installation.at("jpki/authentication-1.pem"), digest);
    return center.query(digest, ocsp, sealed);
  }
  Outcome<void> offer(const v1::CityQuery& query, const std::string& grant_for_the_kiosk) {
    MADO_TRY(from_city, center.call_city("Apply", query));
    v1::ApplyAnswer answer;
    answer.set_sealed(from_city.sealed());
    answer.set_grant(grant_for_the_kiosk);
    MADO_CHECK(kiosk.client.accept_certificate(wire::serialise(answer), now()));
    return {};
  }
};

TEST_F(ChangedGrant, GrantSignedByNoCenter) {
  auto query = honest_query();
  const auto own_key = center.crypto.make_signing_key(now());
  const auto said = must(center.crypto.read(view_of(query.grant()), StatementType::guard_grant));
  query.set_grant(string_of(must(center.crypto.sign(StatementType::guard_grant, said.content, *own_key, now()))));
  refused(offer(query, query.grant()));
}

TEST_F(ChangedGrant, GrantOfAnotherApplicationAtTheCity) {
  auto query = honest_query();
  query.set_grant(center.grant(center.crypto.digest(view_of("another application")), 4));
  refused(offer(query, query.grant()));
}

// The id is spent, and nothing was made (chain rule 5).
TEST_F(ChangedGrant, GrantOfTooFewSheets) {
  auto query = honest_query();
  query.set_grant(center.grant(kiosk.client.application_digest(), 0));
  refused(offer(query, query.grant()));
}

TEST_F(ChangedGrant, CenterGrantsOtherSheetsAfterwards) {
  refused(offer(honest_query(), center.grant(kiosk.client.application_digest(), 4)));
}

}  // namespace
}  // namespace mado::chain_tests
