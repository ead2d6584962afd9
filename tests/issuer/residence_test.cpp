// 住民票の写し: who is drawn, what is drawn, and what is refused.
#include "issuer/core/residence.hpp"

#include <gtest/gtest.h>

#include "issuer/core/individual_number.hpp"
#include "paper/layout.hpp"
#include "tests/issuer/households.hpp"
#include "tests/paper/specimen.hpp"

namespace mado::issuer {
namespace {

ResidenceTools tools() { return {paper::specimen::residence_form(), paper::specimen::font(), paper::specimen::seal()}; }

ResidenceCopy copy_of(const v1::Household& household) {
  ResidenceCopy copy;
  for (const auto& member : household.members()) copy.residents.push_back(member.number());
  copy.scope = v1::SCOPE_HOUSEHOLD;
  copy.options = {true, true, true};
  copy.issued_on = *parse_day("2026-11-21");
  copy.issuance_number = "20261121 千代田区 K0000123 0000456789 001";
  copy.authority = {"東京都", "千代田区長", "見本　次郎"};
  return copy;
}

Outcome<ResidencePaper> compose(const v1::Household& household) {
  return compose_residence(tools(), household, copy_of(household));
}

Refusal refused(const v1::Household& household, const ResidenceCopy& copy) {
  auto paper = compose_residence(tools(), household, copy);
  EXPECT_FALSE(paper);
  return paper ? Refusal{} : paper.error();
}
Refusal refused(const v1::Household& household) { return refused(household, copy_of(household)); }

std::vector<paper::Drawing> drawn(const v1::Household& household) {
  const auto content = residence_content(tools(), household, copy_of(household)).value();
  return paper::draw(tools().form, tools().font, tools().seal, content).value().pages;
}

TEST(Residence, TheFormOfTheRepositoryIsWhatIsDrawn) {
  EXPECT_TRUE(check_residence_form(paper::specimen::residence_form()));
  auto form = paper::specimen::residence_form();
  form.texts.erase("certified_part");
  EXPECT_EQ(check_residence_form(form).error().cause, "the form lacks the text certified_part");
  form = paper::specimen::residence_form();
  form.rows.find("person")->second.area.fields.pop_back();
  EXPECT_EQ(check_residence_form(form).error().reason, Reason::configuration_invalid);
  form = paper::specimen::residence_form();
  form.page.fields.push_back({"blood_type", {}, {}});
  EXPECT_EQ(check_residence_form(form).error().cause, "nothing is drawn into the form's field blood_type");
}

TEST(Residence, FourMembersAreOnePageFiveTwoTwelveThree) {
  for (const auto& [members, pages] : {std::pair{4, 1U}, {5, 2U}, {12, 3U}}) {
    const auto household = specimen::of_size(members);
    const auto paper = compose(household).value();
    EXPECT_EQ(paper.pages.size(), pages);
    EXPECT_EQ(paper.drawn_residents.size(), static_cast<std::size_t>(members));
    const auto drawings = drawn(household);
    const auto seal = paper::pixels_of({167, 260, 25, 25});
    for (std::size_t i = 0; i + 1 < drawings.size(); ++i) EXPECT_FALSE(drawings[i].has_ink(seal));
    EXPECT_TRUE(drawings.back().has_ink(seal));
  }
}

TEST(Residence, SaysWhomItDrewInTheOrderOfTheSheet) {
  const auto household = specimen::watanabe();
  auto copy = copy_of(household);
  std::ranges::reverse(copy.residents);
  EXPECT_EQ(compose_residence(tools(), household, copy)->drawn_residents,
            (std::vector<std::string>{"000000000000101", "000000000000102", "000000000000103", "000000000000104"}));
  copy.scope = v1::SCOPE_MEMBERS;
  copy.residents = {"000000000000104", "000000000000102"};
  EXPECT_EQ(compose_residence(tools(), household, copy)->drawn_residents,
            (std::vector<std::string>{"000000000000102", "000000000000104"}));
}

TEST(Residence, TheSameRecordGivesTheSameBytesAndAnotherNumberOthers) {
  const auto household = specimen::watanabe();
  auto copy = copy_of(household);
  const auto first = compose_residence(tools(), household, copy).value().pages;
  EXPECT_EQ(first, compose_residence(tools(), household, copy).value().pages);
  copy.issuance_number = "20261121 千代田区 K0000123 0000456789 002";
  EXPECT_NE(first, compose_residence(tools(), household, copy).value().pages);
}

TEST(Residence, ASelectorChangesThePage) {
  auto household = specimen::watanabe();
  const auto with = compose(household).value().pages;
  household.mutable_members(3)->set_name("渡邉　さくら");
  EXPECT_NE(with, compose(household).value().pages);
}

TEST(Residence, WhatWasNotAskedForIsMarkedAndLeavesNoTrace) {
  const auto household = specimen::watanabe();
  auto copy = copy_of(household);
  copy.options = {};
  const auto omitted = compose_residence(tools(), household, copy).value().pages;
  auto other = household;
  for (auto& member : *other.mutable_members()) {
    member.set_family_register("どこか");
    member.set_register_head("だれか");
    member.set_individual_number("");
  }
  EXPECT_EQ(omitted, compose_residence(tools(), other, copy).value().pages);
}

TEST(Residence, TheCertificationSaysHouseholdOnlyForAllOfIt) {
  const auto household = specimen::watanabe();
  auto copy = copy_of(household);
  const auto whole = compose_residence(tools(), household, copy).value().pages;
  copy.scope = v1::SCOPE_MEMBERS;
  EXPECT_NE(whole, compose_residence(tools(), household, copy).value().pages);
  copy.scope = v1::SCOPE_HOUSEHOLD;
  copy.residents.pop_back();
  EXPECT_EQ(refused(household, copy).reason, Reason::application_invalid);
  copy.scope = v1::SCOPE_SELF;
  EXPECT_EQ(refused(household, copy).reason, Reason::application_invalid);
  copy.residents.resize(1);
  EXPECT_TRUE(compose_residence(tools(), household, copy));
  copy.scope = v1::SCOPE_UNSPECIFIED;
  EXPECT_EQ(refused(household, copy).reason, Reason::application_invalid);
}

TEST(Residence, WhoLeftOrDiedIsNotDrawnAndDoesNotCountAsHousehold) {
  auto household = specimen::watanabe();
  household.mutable_members(3)->set_state(v1::RESIDENT_STATE_MOVED);
  EXPECT_EQ(refused(household).reason, Reason::cannot_be_issued);
  auto copy = copy_of(household);
  copy.residents.pop_back();
  EXPECT_EQ(compose_residence(tools(), household, copy)->drawn_residents.size(), 3U);
}

TEST(Residence, ASuppressedPersonIsRefusedWhateverTheCaller) {
  auto household = specimen::watanabe();
  household.mutable_members(1)->add_suppressions(v1::SUPPRESSION_PROTECTED_PENDING);
  EXPECT_EQ(refused(household).reason, Reason::cannot_be_issued);
}

TEST(Residence, OnlyMembersOnceEach) {
  const auto household = specimen::watanabe();
  auto copy = copy_of(household);
  copy.residents.push_back("999999999999999");
  EXPECT_EQ(refused(household, copy).reason, Reason::person_not_in_household);
  copy.residents = {"000000000000101", "000000000000101"};
  EXPECT_EQ(refused(household, copy).reason, Reason::application_invalid);
  copy.residents.clear();
  EXPECT_EQ(refused(household, copy).reason, Reason::application_invalid);
}

TEST(Residence, AHouseholdHasExactlyOneHeadOfItsName) {
  auto none = specimen::watanabe();
  none.mutable_members(0)->set_relation("父");
  EXPECT_EQ(refused(none).reason, Reason::record_incomplete);
  EXPECT_EQ(refused(none).cause, "the household has no head");
  auto two = specimen::watanabe();
  two.mutable_members(1)->set_relation("世帯主");
  EXPECT_EQ(refused(two).cause, "the household has more than one head");
  auto other = specimen::watanabe();
  other.set_head("甲野　太郎");
  EXPECT_EQ(refused(other).reason, Reason::record_incomplete);
}

TEST(Residence, ARecordWithAHoleIsRefusedNamingTheItem) {
  struct Hole {
    const char* item;
    void (*make)(v1::Resident&);
  };
  for (const auto& [item, make] :
       {Hole{"name", [](auto& r) { r.clear_name(); }}, Hole{"born", [](auto& r) { r.clear_born(); }},
        Hole{"born", [](auto& r) { r.mutable_born()->set_day("1981-02-29"); }},
        Hole{"resident_since", [](auto& r) { r.clear_resident_since(); }},
        Hole{"family_register", [](auto& r) { r.clear_family_register(); }},
        Hole{"register_head", [](auto& r) { r.clear_register_head(); }},
        Hole{"individual_number", [](auto& r) { r.clear_individual_number(); }},
        Hole{"individual_number", [](auto& r) { r.set_individual_number("123456789019"); }}}) {
    auto household = specimen::watanabe();
    make(*household.mutable_members(2));
    const auto refusal = refused(household);
    EXPECT_EQ(refusal.reason, Reason::record_incomplete) << item;
    EXPECT_TRUE(refusal.cause.starts_with(item)) << refusal.cause;
  }
  auto unknown = specimen::watanabe();
  unknown.mutable_members(2)->set_relation("孫");
  EXPECT_EQ(refused(unknown).reason, Reason::record_incomplete);
  auto homeless = specimen::watanabe();
  homeless.clear_address();
  EXPECT_EQ(refused(homeless).reason, Reason::record_incomplete);
}

TEST(Residence, AWrittenDateIsDrawnAsItIsWritten) {
  auto household = specimen::watanabe();
  auto& born = *household.mutable_members(0)->mutable_born();
  born.set_day("1926-12-25");
  const auto showa = compose(household).value().pages;
  born.set_written("昭和元年12月25日");
  EXPECT_EQ(compose(household).value().pages, showa) << "what the day gives by itself";
  born.set_written("大正15年12月25日");
  EXPECT_NE(compose(household).value().pages, showa);
}

TEST(Residence, ANameThatDoesNotFitOrCannotBeDrawnIsRefused) {
  auto household = specimen::watanabe();
  household.mutable_members(0)->set_name("渡\u9089\U000E0102　太郎");
  household.set_head("渡\u9089\U000E0102　太郎");
  EXPECT_EQ(refused(household).reason, Reason::character_not_available);
  household = specimen::watanabe();
  std::string name;
  for (int i = 0; i < 100; ++i) name += "国";
  household.mutable_members(2)->set_name(name);
  EXPECT_EQ(refused(household).reason, Reason::text_too_long);
}

TEST(Residence, AuthorityAndIssuanceNumberAreComplete) {
  const auto household = specimen::watanabe();
  auto copy = copy_of(household);
  copy.authority.prefecture.clear();
  EXPECT_EQ(refused(household, copy).reason, Reason::application_invalid);
  copy = copy_of(household);
  copy.issuance_number = std::string(121, '1');
  EXPECT_EQ(refused(household, copy).reason, Reason::application_invalid);
}

TEST(ResidenceOptions, EachOnce) {
  const auto all = residence_options({v1::OPTION_HEAD_AND_RELATION, v1::OPTION_INDIVIDUAL_NUMBER}).value();
  EXPECT_TRUE(all.head_and_relation && all.individual_number && !all.family_register);
  EXPECT_FALSE(residence_options({v1::OPTION_FAMILY_REGISTER, v1::OPTION_FAMILY_REGISTER}));
  EXPECT_FALSE(residence_options({v1::OPTION_UNSPECIFIED}));
}

TEST(IndividualNumber, HasItsCheckDigit) {
  for (const auto* number : {"379474484458", "454972364860", "507957100721", "123456789018"}) {
    EXPECT_TRUE(is_individual_number(number)) << number;
  }
  for (const auto* number : {"123456789019", "12345678901", "1234567890188", "12345678901８", "", "12345678901a"}) {
    EXPECT_FALSE(is_individual_number(number)) << number;
  }
}

}  // namespace
}  // namespace mado::issuer
