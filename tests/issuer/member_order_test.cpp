// 標準仕様書 5.2: the order on the sheet; 1.1.11: the vocabulary of 続柄.
#include "issuer/core/member_order.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "issuer/core/relation.hpp"
#include "tests/issuer/households.hpp"

namespace mado::issuer {
namespace {

using specimen::Person;

using Names = std::vector<std::string>;

// The members' names in the order of the sheet; every shuffle of the input must give the same.
Names ordered(std::vector<v1::Resident> people) {
  Names result;
  for (int round = 0; round < 5; ++round) {
    std::vector<const v1::Resident*> members;
    for (const auto& person : people) members.push_back(&person);
    const auto in_order = order_members(members).value();
    Names names;
    for (const auto* member : in_order) names.push_back(member->name());
    if (round > 0) {
      EXPECT_EQ(names, result) << "the order must not depend on the input's";
    }
    result = names;
    std::ranges::rotate(people, people.begin() + 1);
  }
  return result;
}

v1::Resident one(const std::string& number, const std::string& relation, const std::string& born = "1990-01-01",
                 v1::Sex sex = v1::SEX_UNSPECIFIED) {
  return specimen::resident({number, number, relation, born, sex});
}

TEST(Relation, IsOneOfTheClosedVocabulary) {
  for (const auto* text : {"世帯主",
                           "夫",
                           "妻",
                           "夫（未届）",
                           "妻（未届）",
                           "子",
                           "子（子の夫）",
                           "子（子の妻）",
                           "父",
                           "母",
                           "兄",
                           "姉",
                           "弟",
                           "妹",
                           "縁故者",
                           "同居人",
                           "子の子",
                           "妻の父の母の弟",
                           "子の子（子の妻）の子",
                           "妻（未届）の子"}) {
    EXPECT_TRUE(parse_relation(text)) << text;
  }
  EXPECT_EQ(parse_relation("子（子の妻）")->chain.size(), 1U);
  EXPECT_EQ(parse_relation("子の子の子の子")->chain.size(), 4U);
}

TEST(Relation, AnythingElseIsNone) {
  for (const auto* text : {"", "孫", "祖父", "長男", "子の", "の子", "子子", "子の子の子の子の子", "世帯主の子",
                           "子の縁故者", "子 ", "（未届）", "子（未届）"}) {
    EXPECT_FALSE(parse_relation(text)) << text;
  }
}

TEST(MemberOrder, EveryRankInItsPlace) {
  const Names expected{"01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14"};
  EXPECT_EQ(ordered({
                one("01", "世帯主"),
                one("02", "妻"),
                one("03", "子", "2001-01-01", v1::SEX_FEMALE),
                one("04", "子", "2000-01-01", v1::SEX_MALE),
                one("05", "子の妻", "2000-02-01"),
                one("06", "子の子", "2024-01-01"),
                one("07", "父", "1960-01-01"),
                one("08", "母", "1962-01-01"),
                one("09", "弟", "1992-01-01"),
                one("10", "父の母", "1935-01-01"),
                one("11", "妻の母", "1965-01-01"),
                one("12", "弟の妻", "1993-01-01"),
                one("13", "縁故者", "1930-01-01"),
                one("14", "同居人", "1920-01-01"),
            }),
            expected);
}

TEST(MemberOrder, ChildrenByBirthThenByNumber) {
  EXPECT_EQ(ordered({one("9", "世帯主"), one("4", "子", "2010-05-05"), one("3", "子", "2010-05-05"),
                     one("5", "子", "2009-01-01"), one("2", "子", "")}),
            (Names{"9", "5", "3", "4", "2"}))
      << "an unknown day of birth stands last";
}

TEST(MemberOrder, EachChildsFamilyStaysTogetherByTheFamilyRegister) {
  auto elder = one("11", "子", "1990-01-01", v1::SEX_MALE);
  auto younger = one("21", "子", "1992-01-01", v1::SEX_FEMALE);
  auto wife = one("12", "子の妻", "1989-01-01", v1::SEX_FEMALE);
  auto husband = one("22", "子の夫", "1985-01-01", v1::SEX_MALE);
  auto first = one("13", "子の子", "2022-01-01");
  auto second = one("23", "子の子", "2020-01-01");
  for (auto* member : {&elder, &wife, &first}) member->set_register_head("甲野　一郎");
  for (auto* member : {&younger, &husband, &second}) member->set_register_head("乙野　二郎");
  EXPECT_EQ(ordered({one("01", "世帯主"), one("31", "子", "1995-01-01"), elder, younger, wife, husband, first, second}),
            (Names{"01", "31", "11", "12", "13", "21", "22", "23"}))
      << "a 子 without a family here stands before the families";
}

TEST(MemberOrder, AGrandchildWithoutItsParentHereStandsAfterTheChildren) {
  EXPECT_EQ(ordered({one("1", "世帯主"), one("3", "子の子", "2020-01-01"), one("2", "夫")}), (Names{"1", "2", "3"}));
}

TEST(MemberOrder, OfTheParentsTheOneWhoHeadsTheRegisterIsFirst) {
  auto father = one("f", "父", "1960-01-01");
  auto mother = one("m", "母", "1955-01-01");
  father.set_register_head("f");
  mother.set_register_head("f");
  EXPECT_EQ(ordered({one("1", "世帯主"), mother, father}), (Names{"1", "f", "m"}));
}

TEST(MemberOrder, OtherKinStandByFamilyInTheOrderOfParentsSiblingsGrandparents) {
  EXPECT_EQ(ordered({one("1", "世帯主"), one("s2", "妻の弟の子", "2015-01-01"), one("s1", "妻の弟", "1985-01-01"),
                     one("t1", "妻の妹", "1988-01-01"), one("p", "妻の父", "1960-01-01")}),
            (Names{"1", "p", "s1", "s2", "t1"}));
}

TEST(MemberOrder, ASavedOrderOverridesAndLaterJoinersFollow) {
  auto head = one("1", "世帯主");
  auto wife = one("2", "妻");
  auto mother = one("3", "母", "1950-01-01");
  mother.set_order(1);
  head.set_order(2);
  EXPECT_EQ(ordered({head, wife, mother, one("4", "子", "2020-01-01")}), (Names{"3", "1", "2", "4"}));
}

TEST(MemberOrder, AnUnknownRelationIsRefusedAndNotPlacedSomewhere) {
  const auto grandchild = one("1", "孫");
  const std::vector<const v1::Resident*> members{&grandchild};
  EXPECT_EQ(order_members(members).error().reason, Reason::record_incomplete);
}

}  // namespace
}  // namespace mado::issuer
