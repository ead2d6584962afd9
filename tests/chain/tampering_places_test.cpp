// The tampering table, part two: cards, kiosks, keys, rosters, clocks, nodes and restores that are not what they claim.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <thread>

#include "jpki/edge/responder.hpp"
#include "tests/chain/parties.hpp"
#include "trust/file.hpp"

namespace mado::chain_tests {
namespace {

using trust::StatementType;

struct Places : ::testing::Test {
  Installation installation;

  void nothing_was_released() { EXPECT_EQ(installation.released(), 0U) << "no row of the ledger may be confirmed"; }
  std::string ending_of_open(PlayedKiosk& kiosk) { return ending_of(kiosk.send("Open", must(kiosk.open_with_card()))); }
};

// --- the card and its validity

TEST_F(Places, RevokedCard) {
  PlayedKiosk kiosk(installation);
  kiosk.begin_session();
  const auto serial =
      to_hex(must(kiosk.crypto.check_certificate(kiosk.card_certificate(), kiosk.roster->jpki_authorities(),
                                                 trust::CertificateUse::card, now()))
                 .serial);
  const auto query = kiosk.apply();
  installation.command({"madoguchi-jpki", "revoke", "--dir", installation.at("jpki").string(), "--serial", serial,
                        "--reason", "keyCompromise"});
  EXPECT_EQ(ending_of(kiosk.send("Apply", query)), "card_revoked") << "revoked between the menu and the application";

  PlayedKiosk later(installation);
  must(later.fetch_challenge());
  EXPECT_EQ(ending_of_open(later), "card_revoked");
  EXPECT_TRUE(installation.ledger_rows().empty());
}

TEST_F(Places, CardRevokedBetweenIssueAndConfirm) {
  PlayedKiosk kiosk(installation);
  const auto certificate = kiosk.fetch_certificate();
  const auto serial =
      to_hex(must(kiosk.crypto.check_certificate(kiosk.card_certificate(), kiosk.roster->jpki_authorities(),
                                                 trust::CertificateUse::card, now()))
                 .serial);
  installation.command({"madoguchi-jpki", "revoke", "--dir", installation.at("jpki").string(), "--serial", serial,
                        "--reason", "keyCompromise"});
  EXPECT_EQ(ending_of(kiosk.send("Confirm", must(kiosk.confirm(certificate)))), "card_revoked");
  nothing_was_released();
}

// A center that does not ask JPKI anew, or hands on what JPKI said about something else: the issuer checks it itself.
struct ValidityOffered : Places {
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
  EXPECT_EQ(offer(center.query(digest(), old, sealed)), "check_stale");
  EXPECT_TRUE(installation.ledger_rows().empty());
}

TEST_F(ValidityOffered, StaleCheckOfTheCenter) {
  const auto ocsp = center.ocsp(kiosk.card_certificate(), first_generation(), digest());
  EXPECT_EQ(offer(center.query(digest(), ocsp, sealed, now() + std::chrono::seconds{-62})), "check_stale");
  EXPECT_TRUE(installation.ledger_rows().empty());
}

TEST_F(ValidityOffered, OcspAnswerOfAnotherApplication) {
  const auto ocsp =
      center.ocsp(kiosk.card_certificate(), first_generation(), center.crypto.digest(view_of("another application")));
  EXPECT_EQ(offer(center.query(digest(), ocsp, sealed)), "check_not_ours");
  EXPECT_TRUE(installation.ledger_rows().empty());
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
  EXPECT_EQ(offer(center.query(digest(), ocsp, sealed)), "check_not_ours");
  EXPECT_TRUE(installation.ledger_rows().empty());
}

TEST_F(ValidityOffered, FreshAnswerOfThisApplicationIsTaken) {
  const auto ocsp = center.ocsp(kiosk.card_certificate(), first_generation(), digest());
  EXPECT_EQ(offer(center.query(digest(), ocsp, sealed)), "done");
}

TEST_F(ValidityOffered, CheckSignedByNoCenter) {
  const auto ocsp = center.ocsp(kiosk.card_certificate(), first_generation(), digest());
  auto query = center.query(digest(), ocsp, sealed);
  const auto own_key = center.crypto.make_signing_key(now());
  const auto said = must(center.crypto.read(view_of(query.check()), StatementType::check));
  query.set_check(string_of(must(center.crypto.sign(StatementType::check, said.content, *own_key, now()))));
  EXPECT_EQ(offer(query), "signer_not_entitled");
  EXPECT_TRUE(installation.ledger_rows().empty());
}

// --- openings

TEST_F(Places, OpeningForOneCityUsedAtAnother) {
  PlayedKiosk kiosk(installation);
  must(kiosk.fetch_challenge());
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
  kiosk.crypto.before_signing = [](StatementType type, Bytes& content) {
    if (type != StatementType::opening) return;
    auto opening = must(wire::parse<v1::Opening>(content, "opening"));
    opening.set_city("131024");
    content = wire::serialise(opening);
  };
  const auto query = must(wire::parse<v1::OpenQuery>(must(kiosk.open_with_card()), "open query"));
  CorruptCenter center(installation);
  const auto digest = center.crypto.digest(view_of(query.opening()));
  const auto ocsp = center.ocsp(kiosk.card_certificate(), installation.at("jpki/authentication-1.pem"), digest);
  EXPECT_EQ(ending_of(center.call_city("Menu", center.query(digest, ocsp, query.sealed()))),
            "opening_for_another_city");
  EXPECT_EQ(ending_of(kiosk.send("Open", wire::serialise(query))), "city_unknown")
      << "and the center has no line to that city";
}

TEST_F(Places, OpeningOverAnotherChallenge) {
  PlayedKiosk kiosk(installation);
  must(kiosk.fetch_challenge());
  kiosk.crypto.before_signing = [](StatementType type, Bytes& content) {
    if (type != StatementType::opening) return;
    auto opening = must(wire::parse<v1::Opening>(content, "opening"));
    opening.mutable_challenge_digest()->front() ^= 0x01;
    content = wire::serialise(opening);
  };
  EXPECT_EQ(ending_of_open(kiosk), "challenge_invalid");
}

// A challenge of ten minutes ago. The city's own key signs it here: an honest one has grown old.
TEST_F(Places, ChallengeThatHasExpired) {
  PlayedKiosk kiosk(installation);
  const auto key = must(
      trust::load_signing_key(installation.at("keys/city/statement.key"), installation.at("keys/city/statement.pem")));
  auto opened = must(ledger::open_issuance_ledger(installation.at("run/issuer.db"), Id{}));
  v1::Challenge challenge;
  challenge.set_city(city_code);
  challenge.set_epoch(string_of(must(opened->epoch()).view()));
  challenge.set_issued_at((now() + std::chrono::seconds{-600}).milliseconds);
  challenge.set_nonce(std::string(16, 'n'));
  v1::ChallengeAnswer answer;
  answer.set_challenge(
      string_of(must(kiosk.crypto.sign(StatementType::challenge, wire::serialise(challenge), *key, now()))));
  must(kiosk.client.challenge_query(city_code));
  must(kiosk.client.accept_challenge(wire::serialise(answer), now()));
  EXPECT_EQ(ending_of_open(kiosk), "challenge_expired");
}

TEST_F(Places, TakamatsuReplayAfterLedgerRestore) {
  PlayedKiosk kiosk(installation);
  kiosk.begin_session();
  const auto query = kiosk.apply();
  installation.stop("issuer");
  installation.command({"madoguchi-issuer", "new-epoch", "--ledger", installation.at("run/issuer.db").string()});
  installation.start("issuer");
  EXPECT_EQ(ending_of(kiosk.send("Apply", query)), "challenge_invalid");
  EXPECT_TRUE(installation.ledger_rows().empty());
}

// --- kiosks

TEST_F(Places, UnregisteredKiosk) {
  installation.command(
      {"madoguchi-ceremony", "kiosk", "--dir", installation.at("keys/kiosk").string(), "--kiosk", "K000009"});
  const KioskFacts facts{
      .name = "K000009", .line = "k000001.kiosk.store.example", .device_key = "K000009", .roster = nullptr};
  PlayedKiosk kiosk(installation, facts);
  EXPECT_EQ(ending_of(kiosk.fetch_challenge()), "kiosk_not_registered");

  // It asks under a registered kiosk's name, and signs under its own.
  v1::ChallengeQuery query;
  query.set_city(city_code);
  query.set_kiosk("K000001");
  must(kiosk.client.accept_challenge(must(kiosk.send("GetChallenge", wire::serialise(query))), now()));
  EXPECT_EQ(ending_of_open(kiosk), "kiosk_not_registered");
}

TEST_F(Places, RelayClaimsAnotherKiosk) {
  PlayedKiosk kiosk(
      installation,
      {.name = "K000001", .line = "k000001.kiosk.store.example", .device_key = "K000002", .roster = nullptr});
  must(kiosk.fetch_challenge());
  EXPECT_EQ(ending_of_open(kiosk), "kiosk_not_registered");
}

TEST_F(Places, EndorsementByAKeyThatNoKioskAuthorityIssued) {
  PlayedKiosk kiosk(installation);
  must(kiosk.fetch_challenge());
  auto query = must(wire::parse<v1::OpenQuery>(must(kiosk.open_with_card()), "open query"));
  const auto own_key = kiosk.crypto.make_signing_key(now());
  const auto said = must(kiosk.crypto.read(view_of(query.endorsement()), StatementType::endorsement));
  query.set_endorsement(string_of(must(kiosk.crypto.sign(StatementType::endorsement, said.content, *own_key, now()))));
  EXPECT_EQ(ending_of(kiosk.send("Open", wire::serialise(query))), "kiosk_not_registered");
}

// --- keys and rosters

TEST_F(Places, CityKeyWithoutThatStatementType) {
  const auto without = [&](StatementType type) {
    const auto strike = [&](v1::Roster& roster) {
      auto& types = *roster.mutable_cities(0)->mutable_statement_keys(0)->mutable_statement_types();
      types.erase(std::ranges::find(types, std::string(trust::object_identifier(type))));
    };
    WatchedCryptography crypto;
    return std::make_shared<application::RosterBook>(must(application::RosterBook::read(
        crypto, roster_signed_again(installation, strike), roster_authorities(installation), 0, now())));
  };
  KioskFacts facts;
  facts.roster = without(StatementType::challenge);
  EXPECT_EQ(ending_of(PlayedKiosk(installation, facts).fetch_challenge()), "signer_not_entitled");

  facts.roster = without(StatementType::menu);
  PlayedKiosk no_menu(installation, facts);
  must(no_menu.fetch_challenge());
  EXPECT_EQ(ending_of(no_menu.client.accept_menu(must(no_menu.send("Open", must(no_menu.open_with_card()))), now())),
            "signer_not_entitled");

  facts.roster = without(StatementType::certificate);
  PlayedKiosk no_certificate(installation, facts);
  no_certificate.begin_session();
  EXPECT_EQ(ending_of(no_certificate.client.accept_certificate(
                must(no_certificate.send("Apply", no_certificate.apply())), now())),
            "signer_not_entitled");

  facts.roster = without(StatementType::release);
  PlayedKiosk no_release(installation, facts);
  const auto certificate = no_release.fetch_certificate();
  const auto release = must(no_release.send("Confirm", must(no_release.confirm(certificate))));
  EXPECT_EQ(ending_of(no_release.client.accept_release(release, now())), "signer_not_entitled");
}

TEST_F(Places, StaleRoster) {
  WatchedCryptography crypto;
  const auto read = [&](ByteView roster, std::uint64_t lowest, Instant at) {
    return ending_of(application::RosterBook::read(crypto, roster, roster_authorities(installation), lowest, at));
  };
  const auto roster = must(trust::read_file(installation.at("roster.bin"), 1 << 20));
  EXPECT_EQ(read(roster, 1, now()), "done");
  EXPECT_EQ(read(roster, 1, now() + std::chrono::days{30}), "roster_stale") << "expired";
  EXPECT_EQ(read(roster, 2, now()), "roster_stale") << "its version falls";
  EXPECT_EQ(read(roster_signed_again(installation, [](auto&) {}, 1), 1, now()), "roster_invalid") << "one signature";

  // The programs themselves do not start with it.
  installation.change_settings("issuer", "[roster]\n", "[roster]\nlowest_version = 2\n");
  installation.change_settings("center", "[center]\n", "[center]\nlowest_roster_version = 2\n");
  for (const auto* place : {"issuer", "center"}) {
    installation.stop(place);
    EXPECT_NE(installation.refusal_to_start(place).find("roster version 1 is older than 2"), std::string::npos);
  }
}

// --- nodes, feeds

// Two applications of two kiosks within a second, under one id: names made from the time did that (lessons.md, 川崎).
TEST_F(Places, KawasakiSameIdAtTwoIssuerNodes) {
  installation.start_second_issuer();
  PlayedKiosk first(installation);
  PlayedKiosk second(
      installation,
      {.name = "K000002", .line = "k000002.kiosk.store.example", .device_key = "K000002", .roster = nullptr});
  const std::string id(16, 'k');
  for (auto* kiosk : {&first, &second}) {
    kiosk->begin_session();
    kiosk->crypto.before_signing = [id](StatementType type, Bytes& content) {
      if (type != StatementType::application) return;
      auto application = must(wire::parse<v1::Application>(content, "application"));
      application.set_issuance(id);
      content = wire::serialise(application);
    };
  }
  const auto first_query = first.apply();
  const auto second_query = second.apply();
  Outcome<Bytes> first_answer = refuse(Reason::internal, "");
  std::thread at_the_same_time([&] { first_answer = first.send("Apply", first_query); });
  const auto second_answer = second.send("Apply", second_query);
  at_the_same_time.join();
  // The one that was made carries the forged id, which its own kiosk refuses; what counts is that one was refused as a
  // repeat.
  std::vector<std::string> endings{ending_of(first.client.accept_certificate(must(first_answer), now())),
                                   ending_of(second.client.accept_certificate(must(second_answer), now()))};
  std::ranges::sort(endings);
  EXPECT_EQ(endings, (std::vector<std::string>{"certificate_not_ours", "opening_replayed"}));
  EXPECT_EQ(installation.ledger_rows().size(), 1U);
  nothing_was_released();
}

TEST_F(Places, TwoIssuerNodesAnswerOneSessionInTurn) {
  installation.start_second_issuer();
  PlayedKiosk kiosk(installation);
  const auto certificate = kiosk.fetch_certificate();
  must(kiosk.client.accept_release(must(kiosk.send("Confirm", must(kiosk.confirm(certificate)))), now()));
  EXPECT_EQ(installation.released(), 1U);
}

TEST_F(Places, SaitamaCancelledBetweenIssueAndConfirm) {
  PlayedKiosk kiosk(installation);
  const auto certificate = kiosk.fetch_certificate();
  installation.command({"madoguchi-registry", "suppress", "--config", installation.at("registry.toml").string(),
                        "--resident", installation.resident(), "--cause", "protected"});
  const auto answer = must(kiosk.send("Confirm", must(kiosk.confirm(certificate))));
  EXPECT_EQ(ending_of(kiosk.client.accept_release(answer, now())), "cannot_be_issued");
  nothing_was_released();
}

// Chain rule 9: six causes, one code, one size.
TEST_F(Places, ProtectedRefusalIndistinguishable) {
  std::set<std::string> codes;
  std::set<std::size_t> sizes;
  for (const auto* cause :
       {"protected", "protected_pending", "blocked", "notice_pending", "moving_out", "provisional"}) {
    const outside::Words which{
        "--config", installation.at("registry.toml").string(), "--resident", installation.resident(), "--cause", cause};
    const auto pull = [&](const std::string& lever) {
      outside::Words words{"madoguchi-registry", lever};
      words.insert(words.end(), which.begin(), which.end());
      installation.command(words);
    };
    pull("suppress");
    PlayedKiosk kiosk(installation);
    must(kiosk.fetch_challenge());
    const auto answer = must(kiosk.send("Open", must(kiosk.open_with_card())));
    sizes.insert(must(wire::parse<v1::OpenAnswer>(answer, "open answer")).sealed().size() / 64);
    codes.insert(ending_of(kiosk.client.accept_menu(answer, now())));
    pull("unsuppress");
  }
  EXPECT_EQ(codes, std::set<std::string>{"cannot_be_issued"});
  EXPECT_EQ(sizes.size(), 1U) << "padded to one size class";
}

}  // namespace
}  // namespace mado::chain_tests
