// The tampering table: 本籍地利用登録, by which a card becomes known for somebody's 戸籍.
#include <algorithm>

#include "tests/chain/tampering_row.hpp"

namespace mado::chain_tests {
namespace {

using trust::StatementType;

struct Domicile : Row {
  Domicile() : Row(living_elsewhere) {
    for (auto* kiosk : {&first, &second}) {
      kiosk->service = v1::SERVICE_DOMICILE_REGISTRATION;
      must(kiosk->fetch_challenge());
    }
  }
  PlayedKiosk first{installation};
  PlayedKiosk second{
      installation,
      {.name = "K000002", .line = "k000002.kiosk.store.example", .device_key = "K000002", .roster = nullptr}};

  // How many applications wait for the city's staff.
  auto waiting() {
    const auto listed = installation.command(
        {"madoguchi-registry", "domicile", "list", "--config", installation.at("registry.toml").string()});
    return std::ranges::count(listed, '\n');
  }
  static v1::OpenQuery query_of(const Bytes& bytes) { return must(wire::parse<v1::OpenQuery>(bytes, "open query")); }
};

TEST_F(Domicile, AnApplicationForRegistrationIsKeptAndNumbered) {
  const auto accepted =
      must(first.client.accept_domicile(must(first.send("Open", must(first.open_for_domicile()))), now()));
  EXPECT_FALSE(accepted.number.empty());
  EXPECT_EQ(waiting(), 1);
}

TEST_F(Domicile, ARegistrationSentTwiceIsOneApplication) {
  const auto query = must(first.open_for_domicile());
  const auto once = must(first.client.accept_domicile(must(first.send("Open", query)), now()));
  const auto again = must(first.client.accept_domicile(must(first.send("Open", query)), now()));
  EXPECT_EQ(again.number, once.number);
  EXPECT_EQ(waiting(), 1);
}

// The center checks the card of one session, and the city is given the other's application.
TEST_F(Domicile, ARegistrationForTheCardOfAnotherSession) {
  auto query = query_of(must(first.open_for_domicile()));
  query.set_sealed(query_of(must(second.open_for_domicile())).sealed());
  const auto answer = must(first.send("Open", wire::serialise(query)));
  refused(first.client.accept_domicile(answer, now()));
  refused(second.client.accept_domicile(answer, now()));
  EXPECT_EQ(waiting(), 0);
}

TEST_F(Domicile, ARegistrationInsideAnotherOpening) {
  InsideEnvelopes envelopes(installation);
  auto query = query_of(must(first.open_for_domicile()));
  auto bundle = envelopes.open<v1::MenuBundle>(query.sealed());
  bundle.set_request(envelopes.open<v1::MenuBundle>(query_of(must(second.open_for_domicile())).sealed()).request());
  query.set_sealed(envelopes.seal(bundle));
  refused(first.send("Open", wire::serialise(query)));
  EXPECT_EQ(waiting(), 0);
}

TEST_F(Domicile, ARegistrationChangedOnTheWay) {
  InsideEnvelopes envelopes(installation);
  auto query = query_of(must(first.open_for_domicile()));
  auto bundle = envelopes.open<v1::MenuBundle>(query.sealed());
  const auto untouched = bundle.request();
  const auto content = must(first.crypto.read(view_of(untouched), StatementType::domicile_application)).content;
  auto said = must(wire::parse<v1::DomicileApplication>(content, "domicile application"));
  said.set_telephone("0399999999");
  const auto offer = [&](const std::string& request) {
    bundle.set_request(request);
    query.set_sealed(envelopes.seal(bundle));
    refused(first.send("Open", wire::serialise(query)));
  };
  auto altered = untouched;
  const auto changed = string_of(wire::serialise(said));
  offer(altered.replace(altered.find(string_of(content)), content.size(), changed));
  const auto another_key = first.crypto.make_signing_key(now());
  offer(string_of(
      must(first.crypto.sign(StatementType::domicile_application, wire::serialise(said), *another_key, now()))));
  EXPECT_EQ(waiting(), 0);
}

TEST_F(Domicile, AcceptanceOfAnotherRegistration) {
  const auto first_answer = must(first.send("Open", must(first.open_for_domicile())));
  must(second.send("Open", must(second.open_for_domicile())));
  refused(second.client.accept_domicile(first_answer, now()));
}

// A card that nobody here knows opens nothing before staff have decided.
TEST_F(Domicile, AMenuBeforeStaffHaveDecided) {
  must(first.client.accept_domicile(must(first.send("Open", must(first.open_for_domicile()))), now()));
  for (const auto service : {v1::SERVICE_DOMICILE_CITY, v1::SERVICE_HOME_CITY}) {
    PlayedKiosk kiosk(installation);
    kiosk.service = service;
    must(kiosk.fetch_challenge());
    refused(kiosk.client.accept_menu(must(kiosk.send("Open", must(kiosk.open_with_card()))), now()));
  }
}

}  // namespace
}  // namespace mado::chain_tests
