// 住民票の写し: who is drawn, what is drawn, and what is refused.
#include <gtest/gtest.h>

#include "issuer/core/individual_number.hpp"
#include "paper/layout.hpp"
#include "tests/issuer/certificates.hpp"
#include "tests/issuer/households.hpp"
#include "tests/paper/specimen.hpp"

namespace mado::issuer {
namespace {

CertificateOrder copy_of(const v1::Household& household) {
  CertificateOrder copy;
  copy.kind = v1::KIND_RESIDENCE_CERTIFICATE;
  for (const auto& member : household.members()) copy.persons.push_back(member.number());
  copy.scope = v1::SCOPE_HOUSEHOLD;
  copy.options = {v1::OPTION_HEAD_AND_RELATION, v1::OPTION_FAMILY_REGISTER, v1::OPTION_INDIVIDUAL_NUMBER};
  copy.issued_on = *parse_day("2026-11-21");
  copy.issuance_number = "20261121 千代田区 K0000123 0000456789 001";
  return copy;
}

Outcome<DrawnCertificate> compose(const v1::Household& household, const CertificateOrder& copy) {
  v1::HouseholdSnapshot snapshot;
  *snapshot.mutable_household() = household;
  return specimen::draw(snapshot, copy);
}
Outcome<DrawnCertificate> compose(const v1::Household& household) { return compose(household, copy_of(household)); }

Refusal refused(const v1::Household& household, const CertificateOrder& copy) {
  auto paper = compose(household, copy);
  EXPECT_FALSE(paper);
  return paper ? Refusal{} : paper.error();
}
Refusal refused(const v1::Household& household) { return refused(household, copy_of(household)); }

std::vector<paper::Drawing> drawn(const v1::Household& household) {
  v1::HouseholdSnapshot snapshot;
  *snapshot.mutable_household() = household;
  const auto tools = specimen::tools();
  const auto sheet = prepare_certificate(tools, {snapshot}, copy_of(household)).value();
  return paper::draw(*sheet.form, tools.font, tools.seal, sheet.content).value().pages;
}

TEST(Residence, AFormWithoutAnItemIsRefusedWithItsPlace) {
  auto form = specimen::form_of(FormRole::residence);
  EXPECT_TRUE(check_form(FormRole::residence, form));
  form.file = "city.toml";
  auto& person = form.rows.find("person")->second.area;
  person.line = 38;
  std::erase_if(person.fields, [](const paper::Field& field) { return field.name == "born"; });
  EXPECT_EQ(check_form(FormRole::residence, form).error().cause, "city.toml:38: row.person.field: lacks \"born\"");
}

TEST(Residence, AFormWhoseItemNeedNotShowIsRefused) {
  auto form = specimen::form_of(FormRole::residence);
  form.file = "city.toml";
  auto& name = *std::ranges::find(form.rows.find("person")->second.area.fields, "name", &paper::Field::name);
  name.mandatory = false;
  name.line = 61;
  EXPECT_EQ(check_form(FormRole::residence, form).error().cause,
            "city.toml:61: row.person.field: \"name\" must be mandatory");
}

TEST(Residence, AFormWithAFieldThatNothingFillsIsRefused) {
  auto form = specimen::form_of(FormRole::residence);
  form.file = "city.toml";
  form.page.fields.push_back({"blood_type", {}, {}, false, false, paper::Overflow::refuse, 20});
  EXPECT_EQ(check_form(FormRole::residence, form).error().cause,
            "city.toml:20: page.field: nothing is drawn into \"blood_type\"");
}

TEST(Residence, AFormWithoutASentenceIsRefused) {
  auto form = specimen::form_of(FormRole::residence);
  form.file = "city.toml";
  form.texts_line = 8;
  form.texts.erase("certified_part");
  EXPECT_EQ(check_form(FormRole::residence, form).error().cause, "city.toml:8: texts: lacks \"certified_part\"");
}

TEST(Residence, FourMembersAreOnePageFiveTwoTwelveThree) {
  for (const auto& [members, pages] : {std::pair{4, 1U}, {5, 2U}, {12, 3U}}) {
    const auto household = specimen::of_size(members);
    const auto paper = compose(household).value();
    EXPECT_EQ(paper.pages.size(), pages);
    EXPECT_EQ(paper.drawn.size(), static_cast<std::size_t>(members));
    const auto drawings = drawn(household);
    const auto seal = paper::pixels_of({167, 260, 25, 25});
    for (std::size_t i = 0; i + 1 < drawings.size(); ++i) EXPECT_FALSE(drawings[i].has_ink(seal));
    EXPECT_TRUE(drawings.back().has_ink(seal));
  }
}

TEST(Residence, SaysWhomItDrewInTheOrderOfTheSheet) {
  const auto household = specimen::watanabe();
  auto copy = copy_of(household);
  std::ranges::reverse(copy.persons);
  EXPECT_EQ(compose(household, copy)->drawn,
            (std::vector<std::string>{"000000000000101", "000000000000102", "000000000000103", "000000000000104"}));
  copy.scope = v1::SCOPE_MEMBERS;
  copy.persons = {"000000000000104", "000000000000102"};
  EXPECT_EQ(compose(household, copy)->drawn, (std::vector<std::string>{"000000000000102", "000000000000104"}));
}

TEST(Residence, TheSameRecordGivesTheSameBytesAndAnotherNumberOthers) {
  const auto household = specimen::watanabe();
  auto copy = copy_of(household);
  const auto first = compose(household, copy).value().pages;
  EXPECT_EQ(first, compose(household, copy).value().pages);
  copy.issuance_number = "20261121 千代田区 K0000123 0000456789 002";
  EXPECT_NE(first, compose(household, copy).value().pages);
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
  const auto omitted = compose(household, copy).value().pages;
  auto other = household;
  for (auto& member : *other.mutable_members()) {
    member.set_family_register("どこか");
    member.set_register_head("だれか");
    member.set_individual_number("");
  }
  EXPECT_EQ(omitted, compose(other, copy).value().pages);
}

TEST(Residence, TheCertificationSaysHouseholdOnlyForAllOfIt) {
  const auto household = specimen::watanabe();
  auto copy = copy_of(household);
  const auto whole = compose(household, copy).value().pages;
  copy.scope = v1::SCOPE_MEMBERS;
  EXPECT_NE(whole, compose(household, copy).value().pages);
  copy.scope = v1::SCOPE_HOUSEHOLD;
  copy.persons.pop_back();
  EXPECT_EQ(refused(household, copy).reason, Reason::application_invalid);
  copy.scope = v1::SCOPE_SELF;
  EXPECT_EQ(refused(household, copy).reason, Reason::application_invalid);
  copy.persons.resize(1);
  EXPECT_TRUE(compose(household, copy));
  copy.scope = v1::SCOPE_UNSPECIFIED;
  EXPECT_EQ(refused(household, copy).reason, Reason::application_invalid);
}

TEST(Residence, WhoLeftOrDiedIsNotDrawnAndDoesNotCountAsHousehold) {
  auto household = specimen::watanabe();
  household.mutable_members(3)->set_state(v1::RESIDENT_STATE_MOVED);
  EXPECT_EQ(refused(household).reason, Reason::cannot_be_issued);
  auto copy = copy_of(household);
  copy.persons.pop_back();
  EXPECT_EQ(compose(household, copy)->drawn.size(), 3U);
}

TEST(Residence, ASuppressedPersonIsRefusedWhateverTheCaller) {
  auto household = specimen::watanabe();
  household.mutable_members(1)->add_suppressions(v1::SUPPRESSION_PROTECTED_PENDING);
  EXPECT_EQ(refused(household).reason, Reason::cannot_be_issued);
}

TEST(Residence, OnlyMembersOnceEach) {
  const auto household = specimen::watanabe();
  auto copy = copy_of(household);
  copy.persons.push_back("999999999999999");
  EXPECT_EQ(refused(household, copy).reason, Reason::person_not_in_household);
  copy.persons = {"000000000000101", "000000000000101"};
  EXPECT_EQ(refused(household, copy).reason, Reason::application_invalid);
  copy.persons.clear();
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

TEST(Residence, TheIssuanceNumberIsBounded) {
  const auto household = specimen::watanabe();
  auto copy = copy_of(household);
  copy.issuance_number = std::string(121, '1');
  EXPECT_EQ(refused(household, copy).reason, Reason::application_invalid);
  copy.issuance_number.clear();
  EXPECT_EQ(refused(household, copy).reason, Reason::application_invalid);
}

TEST(Residence, AnOptionOfAnotherKindIsRefused) {
  const auto household = specimen::watanabe();
  auto copy = copy_of(household);
  copy.options = {v1::OPTION_WITHOUT_BUILDING};
  EXPECT_EQ(refused(household, copy).reason, Reason::option_not_offered);
  copy.options = {v1::OPTION_CHANGES};
  EXPECT_EQ(refused(household, copy).reason, Reason::option_not_offered) << "on 個人票 only";
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
