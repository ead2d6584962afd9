// The tampering table: keys that may not say what they say, and rosters that are not to be believed.
#include <algorithm>

#include "tests/chain/tampering_row.hpp"
#include "trust/file.hpp"

namespace mado::chain_tests {
namespace {

using trust::StatementType;

struct Keys : Row {
  // The installation's roster, but for one type of statement that the city's key may sign.
  std::shared_ptr<const application::RosterBook> roster_without(StatementType type) {
    const auto strike = [&](v1::Roster& roster) {
      auto& types = *roster.mutable_cities(0)->mutable_statement_keys(0)->mutable_statement_types();
      types.erase(std::ranges::find(types, std::string(trust::object_identifier(type))));
    };
    WatchedCryptography crypto;
    return std::make_shared<application::RosterBook>(must(application::RosterBook::read(
        crypto, roster_signed_again(installation, strike), roster_authorities(installation), 0, now())));
  }
  Outcome<void> read(ByteView roster, std::uint64_t lowest = 1, Instant at = now()) {
    WatchedCryptography crypto;
    MADO_CHECK(application::RosterBook::read(crypto, roster, roster_authorities(installation), lowest, at));
    return {};
  }
};

TEST_F(Keys, CityKeyWithoutThatStatementType) {
  KioskFacts facts;
  facts.roster = roster_without(StatementType::challenge);
  refused(PlayedKiosk(installation, facts).fetch_challenge());

  facts.roster = roster_without(StatementType::menu);
  PlayedKiosk no_menu(installation, facts);
  must(no_menu.fetch_challenge());
  refused(no_menu.client.accept_menu(must(no_menu.send("Open", must(no_menu.open_with_card()))), now()));

  facts.roster = roster_without(StatementType::certificate);
  PlayedKiosk no_certificate(installation, facts);
  no_certificate.begin_session();
  refused(no_certificate.client.accept_certificate(must(no_certificate.send("Apply", no_certificate.apply())), now()));

  facts.roster = roster_without(StatementType::release);
  PlayedKiosk no_release(installation, facts);
  const auto certificate = no_release.fetch_certificate();
  const auto release = must(no_release.send("Confirm", must(no_release.confirm(certificate))));
  refused(no_release.client.accept_release(release, now()));
}

TEST_F(Keys, StaleRoster) {
  const auto roster = must(trust::read_file(installation.at("roster.bin"), 1 << 20));
  EXPECT_EQ(ending_of(read(roster)), "done");
  refused(read(roster, 1, now() + std::chrono::days{30}));  // expired
  refused(read(roster, 2));                                 // its version falls

  // The programs themselves do not start with it.
  installation.change_settings("issuer", "[roster]\n", "[roster]\nlowest_version = 2\n");
  installation.change_settings("center", "[center]\n", "[center]\nlowest_roster_version = 2\n");
  for (const auto* place : {"issuer", "center"}) {
    installation.stop(place);
    EXPECT_NE(installation.refusal_to_start(place).find("roster version 1 is older than 2"), std::string::npos);
  }
}

TEST_F(Keys, RosterThatOneKeySigned) {
  refused(read(roster_signed_again(installation, [](auto&) {}, {1})));
  refused(read(roster_signed_again(installation, [](auto&) {}, {1, 1})));  // twice
  EXPECT_EQ(ending_of(read(roster_signed_again(installation, [](auto&) {}, {1, 3}))), "done");
}

TEST_F(Keys, RosterChangedAfterSigning) {
  auto roster = must(wire::parse<v1::SignedRoster>(roster_signed_again(installation, [](auto&) {}), "roster"));
  auto content = must(wire::parse<v1::Roster>(view_of(roster.roster()), "roster"));
  content.set_version(content.version() + 1);
  roster.set_roster(string_of(wire::serialise(content)));
  refused(read(wire::serialise(roster)));
}

TEST_F(Keys, RosterThatLivesTooLong) {
  refused(read(roster_signed_again(
      installation, [](auto& roster) { roster.set_expires_at(roster.issued_at() + 31LL * 86'400'000); })));
}

}  // namespace
}  // namespace mado::chain_tests
