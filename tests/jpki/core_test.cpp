// What the public certificate authority decides: validity, revocation, profiles, texts.
#include <gtest/gtest.h>

#include "jpki/core/holder.hpp"
#include "jpki/core/profile.hpp"
#include "jpki/core/revocation.hpp"
#include "jpki/core/validity.hpp"

namespace mado::jpki {
namespace {

Day day(const char* text) { return *parse_day(text); }

TEST(Validity, EndsOnTheFifthBirthdayAfterTheDayOfIssue) {
  struct Case {
    const char* issued;
    const char* birth;
    const char* end;
  };
  for (const auto& c : {
           Case{"2026-02-16", "1980-02-17", "2030-02-17"},  // the day before a birthday
           Case{"2026-02-17", "1980-02-17", "2031-02-17"},  // the birthday itself does not count
           Case{"2026-11-21", "1980-02-17", "2031-02-17"}, Case{"2026-12-31", "1990-01-01", "2031-01-01"},
           Case{"2026-03-01", "2000-02-29", "2031-02-28"},  // the fifth falls into a common year
           Case{"2023-03-01", "2000-02-29", "2028-02-29"},  // and into a leap year
           Case{"2026-02-28", "2000-02-29", "2031-02-28"},  // issued on the day that counts as the birthday
       }) {
    EXPECT_EQ(iso_text(fifth_birthday_after(day(c.issued), day(c.birth))), c.end) << c.issued << " " << c.birth;
  }
}

TEST(Validity, EndsAtTheLastSecondOfTheDayInJapanButNotAfterTheCard) {
  EXPECT_EQ(iso_text(end_of_validity(day("2026-11-21"), day("1980-02-17"), day("2036-02-17"))),
            "2031-02-17T14:59:59.000Z");
  EXPECT_EQ(iso_text(end_of_validity(day("2024-01-22"), day("1980-02-17"), day("2024-12-25"))),
            "2024-12-25T14:59:59.000Z");
}

TEST(Revocation, IsFinalAndKeepsItsFirstReasonAndMoment) {
  const Revocation first{RevocationReason::key_compromise, Instant{1000}};
  EXPECT_EQ(revoke(std::nullopt, RevocationReason::key_compromise, Instant{1000}).value(), first);
  EXPECT_EQ(revoke(first, RevocationReason::superseded, Instant{2000}).value(), first);
  EXPECT_EQ(revoke(first, RevocationReason::certificate_hold, Instant{2000}).error().reason, Reason::input_invalid);
}

TEST(Revocation, AHoldBecomesFinalFromTheMomentOfTheHoldAndIsNeverReleased) {
  const Revocation hold{RevocationReason::certificate_hold, Instant{1000}};
  EXPECT_EQ(revoke(hold, RevocationReason::cessation_of_operation, Instant{2000}).value(),
            (Revocation{RevocationReason::cessation_of_operation, Instant{1000}}));
  EXPECT_EQ(revoke(hold, RevocationReason::certificate_hold, Instant{2000}).value(), hold);
}

TEST(Revocation, HasTheNamesOfRfc5280) {
  for (int code = 0; code <= 6; ++code) {
    const auto reason = static_cast<RevocationReason>(code);
    EXPECT_EQ(revocation_reason_of(text_of(reason)), reason);
  }
  EXPECT_FALSE(revocation_reason_of("removeFromCRL"));
}

TEST(Texts, MarkTheCharactersThatLostTheirVariationSelector) {
  const auto replaced = replace_characters("渡邉\U000E0102　健一").value();
  EXPECT_EQ(replaced.text.reveal(), "渡邉　健一");
  EXPECT_EQ(replaced.replaced, "01000");
}

TEST(Texts, ThatAreNotUtf8OrHoldControlCharactersAreRefused) {
  for (const std::string text : {"\xff", "\xc0\xaf", "\xed\xa0\x80", "山\n田", "\xe5\xb1", "\U000E0102山"}) {
    EXPECT_FALSE(replace_characters(text)) << to_hex(view_of(text));
  }
}

TEST(Texts, WriteABirthdayWithItsEra) {
  EXPECT_EQ(coded_birth(day("1980-02-17")), "319800217");
  EXPECT_EQ(coded_birth(day("1912-07-29")), "119120729");
  EXPECT_EQ(coded_birth(day("1912-07-30")), "219120730");
  EXPECT_EQ(coded_birth(day("1989-01-07")), "319890107");
  EXPECT_EQ(coded_birth(day("1989-01-08")), "419890108");
  EXPECT_EQ(coded_birth(day("2019-04-30")), "420190430");
  EXPECT_EQ(coded_birth(day("2019-05-01")), "520190501");
}

class Profile : public testing::Test {
 protected:
  static const trust::PrivateKey& key() {
    static const auto made = trust::PrivateKey::make(trust::KeyKind::rsa2048).value();
    return made;
  }
  // The validity of the real authority for 署名用, third generation.
  static Particulars particulars() {
    return {{0x06, 0x7c, 0x6a, 0x21}, key().public_key(), {1689468627000}, last_second_in_japan(day("2033-07-15"))};
  }
  static trust::X509Certificate signed_by_itself(const trust::Issuing& issuing) {
    return trust::issue(issuing, key()).value();
  }
  static FourFacts facts(std::string name, std::string address) {
    return {Sensitive{std::move(name)}, Sensitive{std::move(address)}, day("1980-02-17"), Sex::male};
  }
  const Municipality municipality{"131016", "Tokyo-to", "Chiyoda-ku"};
  const trust::Sha1 authority_key{};
};

TEST_F(Profile, OfAnAuthorityHasTheSizeOfTheRealOnes) {
  EXPECT_EQ(signed_by_itself(authority_profile(Kind::signature, particulars()).value()).der().size(), 1304U);
  EXPECT_EQ(signed_by_itself(authority_profile(Kind::authentication, particulars()).value()).der().size(), 1319U);
}

TEST_F(Profile, OfAnAuthorityHasTheExtensionsOfTheRealOnesInTheirOrder) {
  const auto issuing = authority_profile(Kind::signature, particulars()).value();
  std::vector<std::string> order;
  for (const auto& extension : issuing.extensions) order.push_back(extension.oid + (extension.critical ? "!" : ""));
  EXPECT_EQ(order, (std::vector<std::string>{"2.5.29.15!", "2.5.29.17", "2.5.29.19!", "2.5.29.31", "2.5.29.14"}));
  EXPECT_EQ(to_hex(issuing.extensions[0].value), "03020106");
  EXPECT_EQ(to_hex(issuing.extensions[2].value), "30030101ff");
}

TEST_F(Profile, OfAHolderNamesItsPolicyAndUsage) {
  const auto authentication =
      signed_by_itself(authentication_profile(particulars(), authority_key, municipality, "997794E9AGCIEG").value());
  EXPECT_EQ(authentication.facts().subject, (trust::Name{{"C", "JP"}, {"CN", "997794E9AGCIEG13101003A"}}));
  EXPECT_EQ(authentication.facts().policies, std::vector<std::string>{"1.2.392.200149.8.5.1.3.30"});
  EXPECT_EQ(authentication.facts().key_usage, trust::digital_signature);

  const auto signature = signed_by_itself(
      signature_profile(particulars(), authority_key, municipality, facts("山田　太郎", "東京都"), "x").value());
  EXPECT_EQ(signature.facts().policies, std::vector<std::string>{"1.2.392.200149.8.5.1.1.20"});
  EXPECT_EQ(signature.facts().key_usage, trust::digital_signature | trust::non_repudiation);
}

TEST_F(Profile, OfA署名用CertificateHoldsTheFourFactsAsOtherNames) {
  const auto issuing = signature_profile(particulars(), authority_key, municipality,
                                         facts("渡邉\U000E0102　健一", "東京都千代田区"), "x")
                           .value();
  const auto names = to_hex(issuing.extensions[1].value);
  // [0] { OID .1, [0] EXPLICIT UTF8String "渡邉　健一" }
  EXPECT_NE(names.find("060a2a83088c9b5508050501a0110c0fe6b8a1e98289e38080e581a5e4b880"), std::string::npos) << names;
  EXPECT_NE(names.find(to_hex(view_of("01000"))), std::string::npos);
  EXPECT_NE(names.find(to_hex(view_of("319800217"))), std::string::npos);
}

TEST_F(Profile, RefusesA団体コードThatIsNone) {
  for (const auto* code : {"", "13101", "13101x", "1310160"}) {
    EXPECT_FALSE(authentication_profile(particulars(), authority_key, {code, "", ""}, "x")) << code;
  }
}

}  // namespace
}  // namespace mado::jpki
