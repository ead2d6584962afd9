// The roster: two of three offline keys, a version that never falls, thirty days at most. chain.md, Keys; rule 16.
#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "application/chain.hpp"
#include "trust/openssl_cryptography.hpp"

namespace mado::application {
namespace {

const Instant issued{1'800'000'000'000};

struct ARoster : ::testing::Test {
  std::unique_ptr<trust::Cryptography> crypto = trust::make_openssl_cryptography();
  std::vector<std::unique_ptr<trust::SigningKey>> keys;
  std::vector<Bytes> pinned;
  v1::Roster content;

  void SetUp() override {
    for (int i = 0; i < 3; ++i) {
      keys.push_back(crypto->make_signing_key(issued));
      pinned.push_back(keys.back()->certificate());
    }
    content.set_version(7);
    content.set_issued_at(issued.milliseconds);
    content.set_expires_at((issued + std::chrono::days{30}).milliseconds);
    content.set_lowest_version(contract_version);
    content.add_cities()->set_city("131016");
  }
  std::string signature(const trust::SigningKey& key, const v1::Roster& said) {
    return string_of(crypto->sign(trust::StatementType::roster, wire::serialise(said), key, issued).value());
  }
  v1::SignedRoster signed_by(std::initializer_list<int> signers) {
    v1::SignedRoster envelope;
    envelope.set_roster(string_of(wire::serialise(content)));
    for (const int signer : signers)
      envelope.add_signatures(signature(*keys[static_cast<std::size_t>(signer)], content));
    return envelope;
  }
  std::string reading(const v1::SignedRoster& envelope, std::uint64_t lowest = 0, Instant now = issued) {
    const auto read = RosterBook::read(*crypto, wire::serialise(envelope), pinned, lowest, now);
    return read ? "read" : std::string(code_of(read.error().reason));
  }
};

TEST_F(ARoster, IsReadWithTwoOrThreeSignatures) {
  EXPECT_EQ(reading(signed_by({0, 1})), "read");
  EXPECT_EQ(reading(signed_by({2, 0})), "read");
  EXPECT_EQ(reading(signed_by({0, 1, 2})), "read");
}

TEST_F(ARoster, WantsTwoDifferentPinnedKeys) {
  EXPECT_EQ(reading(signed_by({})), "roster_invalid");
  EXPECT_EQ(reading(signed_by({0})), "roster_invalid");
  EXPECT_EQ(reading(signed_by({0, 0})), "roster_invalid") << "one key twice";
  EXPECT_EQ(reading(signed_by({0, 1, 2, 0})), "roster_invalid") << "more than three";
  auto foreign = signed_by({0});
  foreign.add_signatures(signature(*crypto->make_signing_key(issued), content));
  EXPECT_EQ(reading(foreign), "roster_invalid") << "a key that nobody pinned";
}

TEST_F(ARoster, WantsBothSignaturesOverTheseVeryBytes) {
  auto envelope = signed_by({0});
  auto other = content;
  other.set_version(8);
  envelope.add_signatures(signature(*keys[1], other));
  EXPECT_EQ(reading(envelope), "roster_invalid");
}

TEST_F(ARoster, IsRefusedWhenItsVersionFalls) {
  EXPECT_EQ(reading(signed_by({0, 1}), 7), "read");
  EXPECT_EQ(reading(signed_by({0, 1}), 8), "roster_stale");
}

TEST_F(ARoster, IsGoodUntilTheMomentOfItsEnd) {
  const auto end = issued + std::chrono::days{30};
  EXPECT_EQ(reading(signed_by({0, 1}), 0, end + std::chrono::milliseconds{-1}), "read");
  EXPECT_EQ(reading(signed_by({0, 1}), 0, end), "roster_stale");
}

TEST_F(ARoster, LivesThirtyDaysAtMost) {
  content.set_expires_at(content.expires_at() + 1);
  EXPECT_EQ(reading(signed_by({0, 1})), "roster_invalid");
  content.set_expires_at((issued + std::chrono::days{31}).milliseconds);
  EXPECT_EQ(reading(signed_by({0, 1})), "roster_invalid");
}

TEST_F(ARoster, LivesBetweenTwoTimes) {
  content.set_issued_at(-1);
  content.set_expires_at(std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(reading(signed_by({0, 1})), "roster_invalid") << "a life whose length cannot be counted";
}

TEST_F(ARoster, ListsACityOnceByItsCode) {
  content.add_cities()->set_city("131016");
  EXPECT_EQ(reading(signed_by({0, 1})), "roster_invalid") << "twice";
  content.mutable_cities(1)->set_city("13101");
  EXPECT_EQ(reading(signed_by({0, 1})), "roster_invalid") << "no code";
  content.mutable_cities(1)->set_city("131024");
  EXPECT_EQ(reading(signed_by({0, 1})), "read");
}

TEST_F(ARoster, IsWithinItsContractsBounds) {
  const auto city = [&] { return content.mutable_cities(0); };
  for (int i = 0; i < 4; ++i) city()->add_receiving_certificates("certificate");
  for (int i = 0; i < 16; ++i) content.add_centers();
  EXPECT_EQ(reading(signed_by({0, 1})), "read");
  content.add_centers();
  EXPECT_EQ(reading(signed_by({0, 1})), "roster_invalid") << "centers";
  content.mutable_centers()->RemoveLast();
  city()->add_receiving_certificates("one more");
  EXPECT_EQ(reading(signed_by({0, 1})), "roster_invalid") << "a city's keys";
}

TEST_F(ARoster, KeepsOutProgramsBelowItsFloor) {
  content.set_lowest_version(contract_version + 1);
  EXPECT_EQ(reading(signed_by({0, 1})), "roster_invalid");
}

TEST_F(ARoster, IsNotReadFromAnythingElse) {
  EXPECT_EQ(code_of(RosterBook::read(*crypto, view_of("no roster"), pinned, 0, issued).error().reason),
            "roster_invalid");
  EXPECT_EQ(code_of(RosterBook::read(*crypto, {}, pinned, 0, issued).error().reason), "roster_invalid");
}

TEST_F(ARoster, KnowsItsCities) {
  const auto book = RosterBook::read(*crypto, wire::serialise(signed_by({0, 1})), pinned, 0, issued).value();
  EXPECT_TRUE(book.city("131016"));
  EXPECT_EQ(book.city("131024").error().reason, Reason::city_unknown);
  EXPECT_EQ(book.city("").error().reason, Reason::city_unknown);
}

// --- who may say what

struct Signers : ARoster {
  std::unique_ptr<trust::SigningKey> center = crypto->make_signing_key(issued);
  std::unique_ptr<trust::SigningKey> city = crypto->make_signing_key(issued);

  RosterBook book() {
    content.add_centers()->set_certificate(string_of(center->certificate()));
    auto& key = *content.mutable_cities(0)->add_statement_keys();
    key.set_certificate(string_of(city->certificate()));
    key.add_statement_types(std::string(trust::object_identifier(trust::StatementType::menu)));
    return RosterBook::read(*crypto, wire::serialise(signed_by({0, 1})), pinned, 0, issued).value();
  }
  std::string city_says(const RosterBook& roster, trust::StatementType type, const Bytes& signer,
                        const std::string& code = "131016") {
    const auto checked = check_city_signer(*crypto, roster, code, type, signer, issued);
    return checked ? "entitled" : std::string(code_of(checked.error().reason));
  }
};

TEST_F(Signers, OnlyACentersKeySpeaksForACenter) {
  const auto roster = book();
  EXPECT_TRUE(check_center_signer(*crypto, roster, center->certificate(), issued));
  EXPECT_EQ(check_center_signer(*crypto, roster, city->certificate(), issued).error().reason,
            Reason::signer_not_entitled);
  EXPECT_EQ(check_center_signer(*crypto, roster, {}, issued).error().reason, Reason::signer_not_entitled);
}

TEST_F(Signers, ACitysKeySpeaksForItsCityInItsTypesOnly) {
  const auto roster = book();
  EXPECT_EQ(city_says(roster, trust::StatementType::release, city->certificate()), "signer_not_entitled")
      << "a type not listed";
  EXPECT_EQ(city_says(roster, trust::StatementType::menu, center->certificate()), "signer_not_entitled")
      << "another's key";
  EXPECT_EQ(city_says(roster, trust::StatementType::menu, city->certificate(), "131024"), "city_unknown");
  EXPECT_EQ(city_says(roster, trust::StatementType::menu, city->certificate()), "signer_not_entitled")
      << "listed, but its certificate names no city";
}

TEST_F(Signers, AnOpeningThatIsNoStatementIsRefused) {
  const auto roster = book();
  EXPECT_EQ(verify_opening(*crypto, roster, view_of("no opening"), view_of("no endorsement"), issued).error().reason,
            Reason::opening_invalid);
}

// Every bound of an opening's form, each broken alone: refused before anybody asks who signed it.
struct OpeningField {
  const char* name;
  std::function<void(v1::Opening&)> change;
};
void PrintTo(const OpeningField& field, std::ostream* out) { *out << field.name; }
struct OpeningForm : Signers, ::testing::WithParamInterface<OpeningField> {};

TEST_P(OpeningForm, IsRefusedOutsideItsBounds) {
  v1::Opening opening;
  opening.set_purpose(std::string(opening_purpose));
  opening.set_city("131016");
  opening.set_service(v1::SERVICE_HOME_CITY);
  opening.set_kiosk("K000001");
  opening.set_session(std::string(16, 's'));
  opening.set_signing_certificate("signing");
  opening.set_receiving_certificate("receiving");
  opening.set_challenge_digest(std::string(32, 'c'));
  opening.set_most_applications(5);
  const auto roster = book();
  const auto verify = [&] {
    const auto said = crypto->sign(trust::StatementType::opening, wire::serialise(opening), *city, issued).value();
    return verify_opening(*crypto, roster, said, {}, issued).error().cause;
  };
  constexpr const char* bounds = "an opening's fields are not within their bounds";
  EXPECT_NE(verify(), bounds) << "whole, it gets as far as the endorsement";
  GetParam().change(opening);
  EXPECT_EQ(verify(), bounds);
}

INSTANTIATE_TEST_SUITE_P(
    Fields, OpeningForm,
    ::testing::Values(
        OpeningField{"Purpose", [](auto& o) { o.set_purpose("madoguchi opening v2"); }},
        OpeningField{"CityOfFiveDigits", [](auto& o) { o.set_city("13101"); }},
        OpeningField{"CityOfLetters", [](auto& o) { o.set_city("13101a"); }},
        OpeningField{"NoService", [](auto& o) { o.set_service(v1::SERVICE_UNSPECIFIED); }},
        OpeningField{"NoKiosk", [](auto& o) { o.set_kiosk(""); }},
        OpeningField{"KioskOfSmallLetters", [](auto& o) { o.set_kiosk("k1"); }},
        OpeningField{"KioskOf33", [](auto& o) { o.set_kiosk(std::string(33, 'K')); }},
        OpeningField{"SessionOf15", [](auto& o) { o.set_session(std::string(15, 's')); }},
        OpeningField{"LongSigningCertificate", [](auto& o) { o.set_signing_certificate(std::string(1025, 'x')); }},
        OpeningField{"LongReceivingCertificate", [](auto& o) { o.set_receiving_certificate(std::string(1025, 'x')); }},
        OpeningField{"OneKeyForBoth", [](auto& o) { o.set_receiving_certificate("signing"); }},
        OpeningField{"ChallengeDigestOf31", [](auto& o) { o.set_challenge_digest(std::string(31, 'c')); }},
        OpeningField{"NoApplications", [](auto& o) { o.set_most_applications(0); }},
        OpeningField{"SixApplications", [](auto& o) { o.set_most_applications(6); }}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace mado::application
