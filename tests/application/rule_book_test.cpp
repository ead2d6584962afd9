// Editions by their moments, and what a session may finish that began under an older one.
#include <gtest/gtest.h>

#include "application/rule_book.hpp"
#include "application/rule_text.hpp"

namespace mado::application {
namespace {

Instant at(const std::string& time) { return parse_moment("2026-04-01T" + time).value(); }

Edition edition(std::uint64_t version, const std::string& effective, std::uint32_t fee) {
  OfferRules rules;
  rules.version = version;
  rules.effective = at(effective);
  rules.families = {{.name = "residence"}};
  KindRule kind;
  kind.kind = v1::KIND_RESIDENCE_CERTIFICATE;
  kind.family = "residence";
  kind.fee = fee;
  rules.kinds = {kind};
  return std::make_shared<const OfferRules>(std::move(rules));
}

OfferRules stopped_from(OfferRules rules, const std::string& from) {
  rules.stops = {{"residence", at(from), at("23:59"), "更新"}};
  return rules;
}

std::uint32_t fee_in(const Outcome<Offer>& offer) { return offer.value().fee_of(offer->rules().kinds[0]); }

// 1 from 09:00, 2 from 10:00.
const RuleBook two({edition(2, "10:00", 300), edition(1, "09:00", 200)});

TEST(RuleBook, HasTheEditionThatTookEffectLast) {
  EXPECT_EQ(two.at(at("08:59:59")), nullptr);
  EXPECT_EQ(two.at(at("09:00"))->version, 1U);
  EXPECT_EQ(two.at(at("09:59:59"))->version, 1U);
  EXPECT_EQ(two.at(at("10:00"))->version, 2U);
  EXPECT_EQ(two.of(1)->kinds[0].fee, 200U);
  EXPECT_EQ(two.of(3), nullptr);
  EXPECT_EQ(RuleBook({}).at(at("10:00")), nullptr);
}

TEST(RuleBook, TakesTheLaterLoadedOfTwoForTheSameMoment) {
  const RuleBook corrected({edition(2, "10:00", 300), edition(3, "10:00", 250), edition(1, "09:00", 200)});
  EXPECT_EQ(corrected.at(at("10:00"))->version, 3U);
  EXPECT_FALSE(corrected.finish(2, Channel::store, at("09:55"), at("10:05"))) << "it was never in force";
}

TEST(RuleBook, LetsAnEarlierMomentOfALaterEditionStandUntilTheNext) {
  const RuleBook inserted({edition(1, "09:00", 200), edition(2, "10:00", 300), edition(3, "09:30", 250)});
  EXPECT_EQ(inserted.at(at("09:45"))->version, 3U);
  EXPECT_EQ(inserted.at(at("10:00"))->version, 2U);
}

TEST(Offer, OfASessionIsTheEditionOfItsChallenge) {
  EXPECT_EQ(fee_in(two.offer(Channel::store, at("09:59:59"), at("10:00:01"))), 200U);
  EXPECT_EQ(fee_in(two.offer(Channel::store, at("10:00"), at("10:00:01"))), 300U);
  EXPECT_EQ(two.offer(Channel::store, at("08:59"), at("09:01")).error().reason, Reason::outside_hours);
}

TEST(Offer, IsFinishedUnderAnyEditionInForceSinceTheChallenge) {
  const auto finished = [](std::uint64_t version, const char* begun, const char* now) {
    return two.finish(version, Channel::store, at(begun), at(now));
  };
  EXPECT_EQ(fee_in(finished(1, "09:59:59", "10:05")), 200U) << "begun before, applied for after";
  EXPECT_EQ(fee_in(finished(2, "09:59:59", "10:05")), 300U) << "its menu was made after";
  EXPECT_EQ(fee_in(finished(2, "10:00", "10:05")), 300U);
  for (const auto& refused :
       {finished(1, "10:00", "10:05"), finished(2, "09:55", "09:59:59"), finished(3, "09:55", "10:05")})
    EXPECT_EQ(refused.error().reason, Reason::application_changed);
}

TEST(Offer, KeepsTheHoursWithWhichItBegan) {
  auto shorter = *edition(2, "10:00", 300);
  shorter.families[0].store->hours.closes_at = 10 * 60;
  const RuleBook book({edition(1, "09:00", 200), std::make_shared<const OfferRules>(shorter)});
  EXPECT_TRUE(book.finish(1, Channel::store, at("09:59"), at("10:05"))->check_family("residence", at("10:05")));
  EXPECT_EQ(book.offer(Channel::store, at("10:01"), at("10:05"))->check_family("residence", at("10:05")).error().reason,
            Reason::outside_hours);
}

TEST(Offer, KeepsTheCampaignsFeeWithWhichItBegan) {
  auto rules = *edition(1, "09:00", 300);
  rules.kinds[0].campaigns = {{at("09:00"), at("10:00"), 10}};
  const RuleBook book({std::make_shared<const OfferRules>(rules)});
  EXPECT_EQ(fee_in(book.finish(1, Channel::store, at("09:59:59"), at("10:05"))), 10U);
  EXPECT_EQ(fee_in(book.finish(1, Channel::store, at("10:00"), at("10:05"))), 300U);
}

TEST(Offer, IsStoppedAtOnceByTheEditionInForceForWhatWasBegunToo) {
  const RuleBook book(
      {edition(1, "09:00", 200), std::make_shared<const OfferRules>(stopped_from(*edition(2, "10:00", 200), "10:02"))});
  const auto begun = book.finish(1, Channel::store, at("09:59"), at("10:05"));
  EXPECT_TRUE(book.finish(1, Channel::store, at("09:59"), at("10:01"))->check_stops("residence", at("10:01")));
  EXPECT_EQ(begun->check_stops("residence", at("10:05")).error().reason, Reason::stopped_for_now);
  EXPECT_EQ(begun->check_open(at("10:05")).error().reason, Reason::stopped_for_now);
}

TEST(Offer, IsOpenWhileAnythingMayBeHad) {
  auto rules = *edition(1, "09:00", 200);
  rules.families.push_back({.name = "family_register", .store = std::nullopt});
  KindRule second;
  second.kind = v1::KIND_FAMILY_REGISTER_WHOLE;
  second.family = "family_register";
  rules.kinds.insert(rules.kinds.begin(), second);
  const auto offered = [](const OfferRules& one) {
    return RuleBook({std::make_shared<const OfferRules>(one)}).offer(Channel::store, at("10:00"), at("10:00")).value();
  };
  EXPECT_TRUE(offered(rules).check_open(at("10:00")));
  EXPECT_FALSE(offered(rules).check_family("family_register", at("10:00")));
  EXPECT_EQ(offered(stopped_from(rules, "09:30")).check_open(at("10:00")).error().reason, Reason::outside_hours)
      << "one closed, one stopped: what is said of the first";
}

}  // namespace
}  // namespace mado::application
