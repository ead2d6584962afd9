// 本籍地利用登録, over both kinds of database: what a kiosk sent waits until the staff decide.
#include <gmock/gmock.h>

#include "registers_of_test.hpp"
#include "registry/edge/domicile_register.hpp"

namespace mado::registry {
namespace {

using testing::HasSubstr;

struct DomicileTest : RegistersTest {
  static constexpr std::uint64_t most_open = 3;

  void SetUp() override {
    ASSERT_TRUE(change([](auto& c) { return c.put_family_register(family_register("K1")); }));
  }
  static v1::DomicileEntry entry(std::uint8_t card = 1) {
    v1::DomicileEntry made;
    *made.mutable_card() = query_of(card_of("K1-1", {card}));
    made.set_name("ワタナベ　ケンイチ");
    made.set_born("1980-02-17");
    made.set_head("ワタナベ　ケンイチ");
    made.set_telephone("03-0000-0000");
    made.set_applied_at(now.milliseconds);
    return made;
  }
  Outcome<std::string> keep(const v1::DomicileEntry& said) { return applications_.keep(said, now); }
  v1::CardMapping mapping(std::uint8_t card = 1) {
    return read(card_of("K1-1", {card}), {v1::RECORD_KIND_FAMILY_REGISTER}).mapping();
  }
  std::vector<std::string> waiting() {
    std::vector<std::string> numbers;
    const auto found = applications_.waiting().value();
    for (const auto& each : found) numbers.push_back(each.number);
    return numbers;
  }
  DomicileRegister applications_{*registers_, most_open};
};

TEST_F(DomicileTest, AnApplicationWaitsUnderItsNumberAsItWasSaid) {
  const auto number = keep(entry()).value();
  EXPECT_LE(number.size(), 20U);
  EXPECT_THAT(number, testing::StartsWith("20270115-")) << "the day in Japan";
  const auto found = applications_.waiting().value();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().number, number);
  EXPECT_EQ(found.front().entry.SerializeAsString(), entry().SerializeAsString());
  EXPECT_EQ(mapping(), v1::CARD_MAPPING_UNKNOWN) << "nobody has decided";
}

TEST_F(DomicileTest, ACardThatAsksAgainGetsTheNumberThatItHas) {
  const auto number = keep(entry()).value();
  const auto position = registers_->feed_position().value();
  auto again = entry();
  again.set_telephone("090-0000-0000");
  EXPECT_EQ(keep(again).value(), number);
  EXPECT_EQ(registers_->feed_position().value(), position) << "and changes nothing";
  EXPECT_NE(keep(entry(2)).value(), number);
}

TEST_F(DomicileTest, AsManyWaitAsAreAllowedAndNoMore) {
  for (std::uint8_t card = 1; card <= most_open; ++card) ASSERT_TRUE(keep(entry(card)));
  const auto refused = keep(entry(9));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, Reason::busy);
  EXPECT_TRUE(keep(entry(1))) << "one that waits already is no more";
  ASSERT_TRUE(applications_.reject(waiting().front(), now));
  EXPECT_TRUE(keep(entry(9)));
}

TEST_F(DomicileTest, ApprovedTheCardIsKnownForThePersonOfTheRegister) {
  const auto number = keep(entry()).value();
  ASSERT_TRUE(applications_.approve(number, "K1-1", now));
  const auto snapshot = read(card_of("K1-1", {1}), {v1::RECORD_KIND_FAMILY_REGISTER});
  EXPECT_EQ(snapshot.mapping(), v1::CARD_MAPPING_FOUND);
  EXPECT_EQ(snapshot.holder(), "") << "no resident";
  EXPECT_EQ(snapshot.family_register_person(), "K1-1");
  EXPECT_TRUE(waiting().empty());
}

TEST_F(DomicileTest, RejectedTheCardStaysUnknownAndMayAskAgain) {
  const auto number = keep(entry()).value();
  ASSERT_TRUE(applications_.reject(number, now));
  EXPECT_EQ(mapping(), v1::CARD_MAPPING_UNKNOWN);
  EXPECT_TRUE(waiting().empty());
  EXPECT_NE(keep(entry()).value(), number);
}

TEST_F(DomicileTest, ADecisionIsMadeOnce) {
  const auto number = keep(entry()).value();
  ASSERT_TRUE(applications_.approve(number, "K1-1", now));
  EXPECT_THAT(applications_.approve(number, "K1-2", now).error().cause, HasSubstr("waits"));
  EXPECT_THAT(applications_.reject(number, now).error().cause, HasSubstr("waits"));
  EXPECT_THAT(applications_.reject("20270115-9999", now).error().cause, HasSubstr("waits"));
}

TEST_F(DomicileTest, NobodyIsApprovedWhoDoesNotStandInARegisterNow) {
  auto record = family_register("K1");
  record.mutable_persons(1)->set_removed(true);
  ASSERT_TRUE(change([&](auto& c) { return c.put_family_register(record); }));
  const auto number = keep(entry()).value();
  EXPECT_THAT(applications_.approve(number, "K1-2", now).error().cause, HasSubstr("stands in a 戸籍 now"));
  EXPECT_THAT(applications_.approve(number, "K9-1", now).error().cause, HasSubstr("stands in a 戸籍 now"));
  EXPECT_EQ(waiting().size(), 1U) << "it still waits";
}

TEST_F(DomicileTest, ACardThatSomebodyElseHasMeanwhileIsNotApproved) {
  const auto number = keep(entry()).value();
  ASSERT_TRUE(put({resident(0, 0)}, {card_of(registry::number(0), {1})}));
  EXPECT_THAT(applications_.approve(number, "K1-1", now).error().cause, HasSubstr("another resident"));
  EXPECT_EQ(waiting().size(), 1U);
}

TEST_F(DomicileTest, WhatIsBeyondItsBoundsIsNotKept) {
  using Spoil = std::function<void(v1::DomicileEntry&)>;
  const std::pair<const char*, Spoil> spoilt[] = {
      {"names no card", [](auto& e) { e.mutable_card()->clear_serial(); }},
      {"card", [](auto& e) { e.mutable_card()->add_records(v1::RECORD_KIND_SEAL); }},
      {"name", [](auto& e) { e.clear_name(); }},
      {"name", [](auto& e) { e.set_name(std::string(401, 'a')); }},
      {"name", [](auto& e) { e.set_name("ワタナベ\nケンイチ"); }},
      {"head", [](auto& e) { e.clear_head(); }},
      {"born", [](auto& e) { e.set_born("1980-02-30"); }},
      {"telephone", [](auto& e) { e.set_telephone(std::string(21, '0')); }},
      {"applied_at", [](auto& e) { e.clear_applied_at(); }}};
  for (const auto& [what, spoil] : spoilt) {
    auto said = entry();
    spoil(said);
    const auto refused = keep(said);
    ASSERT_FALSE(refused) << what;
    EXPECT_EQ(refused.error().reason, Reason::message_malformed);
    EXPECT_THAT(refused.error().cause, HasSubstr(what));
  }
  EXPECT_TRUE(waiting().empty());
}

}  // namespace
}  // namespace mado::registry
