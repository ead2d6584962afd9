// The tampering table: challenges, openings and kiosks that are not what they claim.
#include "jpki/edge/authority.hpp"
#include "tests/chain/tampering_row.hpp"
#include "trust/file.hpp"

namespace mado::chain_tests {
namespace {

using trust::StatementType;

struct Openings : Row {
  Outcome<Bytes> open(PlayedKiosk& kiosk) { return kiosk.send("Open", must(kiosk.open_with_card())); }
  // An opening that says something else than the kiosk would.
  Outcome<Bytes> open_saying(const std::function<void(v1::Opening&)>& change) {
    PlayedKiosk kiosk(installation);
    must(kiosk.fetch_challenge());
    lies_about<v1::Opening>(kiosk, StatementType::opening, change);
    return open(kiosk);
  }
  // A challenge of another moment, signed by the city's own key; what becomes of an opening over it.
  Outcome<Bytes> open_over_challenge_of(Instant moment) {
    PlayedKiosk kiosk(installation);
    must(kiosk.client.choose(v1::SERVICE_HOME_CITY, city_code));
    const auto key = must(trust::load_signing_key(installation.at("keys/city/statement.key"),
                                                  installation.at("keys/city/statement.pem")));
    must(kiosk.client.accept_challenge(challenge_by(*key, moment), now()));
    return open(kiosk);
  }
  Bytes challenge_by(const trust::SigningKey& key, Instant moment) {
    WatchedCryptography crypto;
    auto opened = must(ledger::open_issuance_ledger(installation.at("run/issuer.db"), Id{}));
    v1::Challenge challenge;
    challenge.set_city(city_code);
    challenge.set_epoch(string_of(must(opened->epoch()).view()));
    challenge.set_issued_at(moment.milliseconds);
    challenge.set_nonce(std::string(16, 'n'));
    v1::ChallengeAnswer answer;
    answer.set_challenge(
        string_of(must(crypto.sign(StatementType::challenge, wire::serialise(challenge), key, now()))));
    return wire::serialise(answer);
  }
};

// --- challenges

TEST_F(Openings, ChallengeSignedByTheCenter) {
  PlayedKiosk kiosk(installation);
  must(kiosk.client.choose(v1::SERVICE_HOME_CITY, city_code));
  const auto key = must(trust::load_signing_key(installation.at("keys/center/center-1.key"),
                                                installation.at("keys/center/center-1.pem")));
  refused(kiosk.client.accept_challenge(challenge_by(*key, now()), now()));
}

// The city's own key signs it here: an honest one has grown old.
TEST_F(Openings, ChallengeThatHasExpired) { refused(open_over_challenge_of(now() + std::chrono::seconds{-600})); }

TEST_F(Openings, ChallengeFromTheFuture) { refused(open_over_challenge_of(now() + std::chrono::seconds{60})); }

TEST_F(Openings, OpeningOverAnotherChallenge) {
  refused(open_saying([](auto& opening) { opening.mutable_challenge_digest()->front() ^= 0x01; }));
}

// --- openings

TEST_F(Openings, OpeningForAnotherPurpose) {
  refused(open_saying([](auto& opening) { opening.set_purpose("somebody's login"); }));
}

TEST_F(Openings, OpeningForMoreThanABasket) {
  refused(open_saying([](auto& opening) { opening.set_most_applications(application::most_applications + 1); }));
}

TEST_F(Openings, OpeningThatOutlivesItsChallenge) {
  refused(open_saying([](auto& opening) { opening.set_expires_at(opening.expires_at() + 1); }));
}

TEST_F(Openings, OpeningForOneCityUsedAtAnother) {
  // The other city stands in the roster: the opening is good in itself, and is not this city's.
  const auto other_city = [](v1::Roster& roster) {
    auto& other = *roster.add_cities();
    other = roster.cities(0);
    other.set_city("131024");
  };
  outside::write_file(installation.at("roster.bin"), string_of(roster_signed_again(installation, other_city)));
  for (const auto* place : {"issuer", "center"}) {
    installation.stop(place);
    installation.start(place);
  }
  PlayedKiosk kiosk(installation, {.roster = roster_of(installation)});
  must(kiosk.fetch_challenge());
  lies_about<v1::Opening>(kiosk, StatementType::opening, [](auto& opening) { opening.set_city("131024"); });
  const auto query = must(wire::parse<v1::OpenQuery>(must(kiosk.open_with_card()), "open query"));
  CorruptCenter center(installation);
  const auto digest = center.crypto.digest(view_of(query.opening()));
  const auto ocsp = center.ocsp(kiosk.card_certificate(), installation.at("jpki/authentication-1.pem"), digest);
  refused(center.call_city("Menu", center.query(digest, ocsp, query.sealed())));
  refused(kiosk.send("Open", wire::serialise(query)));  // the honest center has no line to that city
}

TEST_F(Openings, CardPastItsLastDay) {
  PlayedKiosk kiosk(installation);
  must(kiosk.fetch_challenge());
  // Issued by the installation's own authority, six years ago: it has ended since.
  const auto authority = must(jpki::CertificateAuthority::open(installation.at("jpki")));
  jpki::AuthenticationRequest request;
  request.public_key = must(trust::load_public_key(installation.at("card/public/authentication.spki.der")));
  request.municipality.code = city_code;
  request.birth = *parse_day("1980-02-17");
  request.card_expiry = *parse_day("2099-12-31");
  const auto expired = must(authority->issue(request, now() + -std::chrono::days{6 * 366}));
  const auto digest_info = must(kiosk.client.prepare_opening(expired.der(), now()));
  refused(kiosk.send("Open", must(kiosk.client.open_query(kiosk.sign_with_card(digest_info), "ja", now()))));
}

// --- kiosks

TEST_F(Openings, UnregisteredKiosk) {
  installation.command(
      {"madoguchi-ceremony", "kiosk", "--dir", installation.at("keys/kiosk").string(), "--kiosk", "K000009"});
  PlayedKiosk kiosk(
      installation,
      {.name = "K000009", .line = "k000001.kiosk.store.example", .device_key = "K000009", .roster = nullptr});
  refused(kiosk.fetch_challenge());

  // It asks under a registered kiosk's name, and signs under its own.
  v1::ChallengeQuery query;
  query.set_city(city_code);
  query.set_kiosk("K000001");
  must(kiosk.client.accept_challenge(must(kiosk.send("GetChallenge", wire::serialise(query))), now()));
  refused(open(kiosk));
}

TEST_F(Openings, RelayClaimsAnotherKiosk) {
  PlayedKiosk kiosk(
      installation,
      {.name = "K000001", .line = "k000001.kiosk.store.example", .device_key = "K000002", .roster = nullptr});
  must(kiosk.fetch_challenge());
  refused(open(kiosk));
}

TEST_F(Openings, EndorsementByAKeyThatNoKioskAuthorityIssued) {
  PlayedKiosk kiosk(installation);
  must(kiosk.fetch_challenge());
  auto query = must(wire::parse<v1::OpenQuery>(must(kiosk.open_with_card()), "open query"));
  const auto own_key = kiosk.crypto.make_signing_key(now());
  const auto said = must(kiosk.crypto.read(view_of(query.endorsement()), StatementType::endorsement));
  query.set_endorsement(string_of(must(kiosk.crypto.sign(StatementType::endorsement, said.content, *own_key, now()))));
  refused(kiosk.send("Open", wire::serialise(query)));
}

TEST_F(Openings, EndorsementOfAnotherOpening) {
  PlayedKiosk kiosk(installation);
  must(kiosk.fetch_challenge());
  const auto earlier = must(wire::parse<v1::OpenQuery>(must(kiosk.open_with_card()), "open query"));
  auto query = must(wire::parse<v1::OpenQuery>(must(kiosk.open_with_card()), "open query"));
  query.set_endorsement(earlier.endorsement());
  refused(kiosk.send("Open", wire::serialise(query)));
}

TEST_F(Openings, KioskBlockedDuringItsSession) {
  PlayedKiosk kiosk(installation);
  kiosk.begin_session();
  installation.stop("center");
  installation.change_settings("kiosks", "name = \"K000001\"\n", "name = \"K000001\"\nblocked = true\n");
  installation.start("center");
  refused(kiosk.send("Apply", kiosk.apply()));
}

TEST_F(Openings, KioskForWhichNobodyAnswers) {
  installation.stop("center");
  installation.change_settings("kiosks", "name = \"K000001\"\noperator = \"見本ストア\"",
                               "name = \"K000001\"\noperator = \"\"");
  EXPECT_NE(installation.refusal_to_start("center").find("setting \"kiosk[0].operator\" must not be empty"),
            std::string::npos);
}

}  // namespace
}  // namespace mado::chain_tests
