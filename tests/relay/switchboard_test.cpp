// The transfer server's table: an answer reaches the call that it belongs to, once, or nobody. Lesson 横浜; chain
// rule 6.
#include <gtest/gtest.h>

#include <algorithm>

#include "relay/core/switchboard.hpp"

namespace mado::relay {
namespace {

constexpr const char* city = "131016";
constexpr const char* issuer = "issuer-1.city-131016.office.example";

Id id(std::uint8_t number) {
  Id made;
  made.bits.back() = number;
  return made;
}

struct TheSwitchboard : ::testing::Test {
  Switchboard board{2};
};

TEST(CityOfPeer, IsTheLabelInTheCertificatesName) {
  EXPECT_EQ(city_of_peer(issuer), city);
  EXPECT_EQ(city_of_peer("issuer-1.city-131016"), std::nullopt) << "the label must have ended";
  EXPECT_EQ(city_of_peer("issuer-1.city-13101.office.example"), std::nullopt) << "five digits";
  EXPECT_EQ(city_of_peer("issuer-1.city-1310167.office.example"), std::nullopt) << "seven digits";
  EXPECT_EQ(city_of_peer("issuer-1.city-13101x.office.example"), std::nullopt);
  EXPECT_EQ(city_of_peer("a.city-131016.city-131024.office.example"), std::nullopt) << "two cities";
  EXPECT_EQ(city_of_peer("issuer-1.office.example"), std::nullopt);
  EXPECT_EQ(city_of_peer(""), std::nullopt);
}

TEST_F(TheSwitchboard, DeliversAnAnswerOnceOverTheConnectionOfItsCall) {
  ASSERT_TRUE(board.connect(1, issuer));
  ASSERT_EQ(board.place(city, id(1)), 1U);
  EXPECT_TRUE(board.settle(1, id(1)));
  EXPECT_FALSE(board.settle(1, id(1))) << "a second answer";
  EXPECT_EQ(board.dropped(), 1U);
  EXPECT_EQ(board.waiting(), 0U);
}

TEST_F(TheSwitchboard, DropsAnAnswerThatCrossesToAnotherConnection) {
  ASSERT_TRUE(board.connect(1, issuer));
  ASSERT_TRUE(board.connect(2, "issuer-2.city-131016.office.example"));
  const auto first = *board.place(city, id(1));
  const auto second = *board.place(city, id(2));
  ASSERT_NE(first, second);
  EXPECT_FALSE(board.settle(second, id(1)));
  EXPECT_FALSE(board.settle(first, id(2)));
  EXPECT_EQ(board.dropped(), 2U);
  EXPECT_TRUE(board.settle(first, id(1))) << "the right one still counts";
  EXPECT_TRUE(board.settle(second, id(2)));
}

TEST_F(TheSwitchboard, DropsALateAnswerAndOneThatNobodyAskedFor) {
  ASSERT_TRUE(board.connect(1, issuer));
  ASSERT_TRUE(board.place(city, id(1)));
  board.forget(id(1));
  EXPECT_FALSE(board.settle(1, id(1)));
  EXPECT_FALSE(board.settle(1, id(9)));
  EXPECT_EQ(board.dropped(), 2U);
}

TEST_F(TheSwitchboard, ReachesOnlyTheCityThatWasNamed) {
  ASSERT_TRUE(board.connect(1, issuer));
  EXPECT_EQ(board.place("131024", id(1)).error().reason, Reason::city_unreachable);
  EXPECT_EQ(board.waiting(), 0U);
  EXPECT_EQ(board.connect(2, "somebody.office.example").error().reason, Reason::peer_not_allowed);
  EXPECT_EQ(board.cities(), std::vector<std::string>{city});
}

TEST_F(TheSwitchboard, GivesACitysConnectionsTheirTurns) {
  ASSERT_TRUE(board.connect(1, issuer));
  ASSERT_TRUE(board.connect(2, issuer));
  std::vector<ConnectionNumber> chosen;
  for (std::uint8_t i = 1; i <= 4; ++i) {
    chosen.push_back(*board.place(city, id(i)));
    board.forget(id(i));
  }
  EXPECT_EQ(chosen, (std::vector<ConnectionNumber>{1, 2, 1, 2}));
}

TEST_F(TheSwitchboard, LosesTheCallsOfAConnectionThatEnds) {
  ASSERT_TRUE(board.connect(1, issuer));
  ASSERT_TRUE(board.place(city, id(1)));
  ASSERT_TRUE(board.place(city, id(2)));
  EXPECT_EQ(board.disconnect(1), (std::vector<Id>{id(1), id(2)}));
  EXPECT_FALSE(board.settle(1, id(1)));
  EXPECT_EQ(board.place(city, id(3)).error().reason, Reason::city_unreachable);
  EXPECT_TRUE(board.cities().empty());
  EXPECT_TRUE(board.disconnect(1).empty()) << "again";
}

TEST_F(TheSwitchboard, TakesNoMoreCallsThanItsLimit) {
  ASSERT_TRUE(board.connect(1, issuer));
  ASSERT_TRUE(board.place(city, id(1)));
  ASSERT_TRUE(board.place(city, id(2)));
  EXPECT_EQ(board.place(city, id(3)).error().reason, Reason::busy);
  EXPECT_TRUE(board.settle(1, id(1)));
  EXPECT_TRUE(board.place(city, id(3)));
}

TEST_F(TheSwitchboard, RefusesACorrelationThatIsInUse) {
  ASSERT_TRUE(board.connect(1, issuer));
  ASSERT_TRUE(board.place(city, id(1)));
  EXPECT_EQ(board.place(city, id(1)).error().reason, Reason::internal);
  EXPECT_TRUE(board.settle(1, id(1)));
}

}  // namespace
}  // namespace mado::relay
