// 本籍地: certificates for those who have only the 本籍 here, and the 利用登録 that they need.
#include "tests/issuer/every_kind.hpp"

namespace mado::issuer {
namespace {

// 本籍地の市区町村.
struct Domicile : EveryKind {
  simulator::CardChip of_register = city.new_card();
  v1::DomicileApplication said = [] {
    v1::DomicileApplication made;
    made.set_name("ワタナベ　ヒロト");
    made.set_born("2001-07-03");
    made.set_head("ワタナベ　ケンイチ");
    made.set_telephone("090-0000-0000");
    made.set_salt(std::string(32, 's'));
    return made;
  }();

  void SetUp() override {
    record.mutable_persons(1)->mutable_born()->set_day("2001-07-03");
    EveryKind::SetUp();
  }
  Session asking() { return {city, of_register, v1::SERVICE_DOMICILE_REGISTRATION}; }
  registry::DomicileRegister applications() { return {*city.registers, 10}; }
};

TEST_F(Domicile, ACardThatNobodyRegisteredIsToldToRegister) {
  EXPECT_EQ(Session(city, of_register, v1::SERVICE_DOMICILE_CITY).open().code, "domicile_not_registered");
}

TEST_F(Domicile, FromTheApplicationThroughItsApprovalToTheCertificate) {
  const auto accepted = asking().ask_for_registration(said);
  ASSERT_EQ(accepted.code, "ok");
  EXPECT_EQ(accepted.message.telephone(), "03-0000-0000");
  const auto waiting = applications().waiting().value();
  ASSERT_EQ(waiting.size(), 1U);
  EXPECT_EQ(waiting.front().number, accepted.message.number());
  EXPECT_EQ(waiting.front().entry.name(), said.name());
  EXPECT_EQ(waiting.front().entry.applied_at(), city.clock.time.milliseconds);
  ASSERT_TRUE(applications().approve(accepted.message.number(), "K1-2", city.clock.time));

  EXPECT_EQ(Session(city, of_register).open().code, "not_registered_here") << "it is no resident's card";
  Session opened(city, of_register, v1::SERVICE_DOMICILE_CITY);
  ASSERT_EQ(opened.open().code, "ok");
  EXPECT_EQ(opened.menu().kinds_size(), 3) << "戸籍 and 附票 alone";
  ASSERT_EQ(opened.menu().persons_size(), 2) << "those who stand in the 戸籍";
  EXPECT_TRUE(opened.menu().persons(1).holder());
  EXPECT_EQ(opened.apply({.kind = v1::KIND_RESIDENCE_CERTIFICATE}).code, "kind_not_offered");
  for (const auto kind : {v1::KIND_FAMILY_REGISTER_PERSONS, v1::KIND_FAMILY_REGISTER_SUPPLEMENT}) {
    ASSERT_EQ(opened.apply({.kind = kind}).code, "ok");
    EXPECT_EQ(opened.confirm().code, "ok");
  }
}

TEST_F(Domicile, AResidentChoosesFromTheRegisterAlone) {
  Session opened(city, card, v1::SERVICE_DOMICILE_CITY);
  ASSERT_EQ(opened.open().code, "ok");
  ASSERT_EQ(opened.menu().persons_size(), 2);
  for (const auto& person : opened.menu().persons()) {
    ASSERT_EQ(person.groups_size(), 1);
    EXPECT_EQ(person.groups(0), v1::GROUP_FAMILY_REGISTER);
  }
  EXPECT_EQ(
      opened.apply({.kind = v1::KIND_FAMILY_REGISTER_WHOLE, .scope = v1::SCOPE_HOUSEHOLD, .persons = {0, 1}}).code,
      "ok");
}

TEST_F(Domicile, WhoIsKnownHereNeedsNoRegistration) {
  Session resident(city, card, v1::SERVICE_DOMICILE_REGISTRATION);
  EXPECT_EQ(resident.ask_for_registration(said).code, "domicile_registered_already");
  EXPECT_TRUE(applications().waiting()->empty());
}

TEST_F(Domicile, TheSameCardGetsTheNumberThatItHas) {
  const auto first = asking().ask_for_registration(said);
  const auto second = asking().ask_for_registration(said);
  EXPECT_EQ(first.message.number(), second.message.number());
}

TEST_F(Domicile, AsManyWaitAsTheRegisterAllows) {
  for (int i = 0; i < 2; ++i)
    ASSERT_EQ(Session(city, city.new_card(), v1::SERVICE_DOMICILE_REGISTRATION).ask_for_registration(said).code, "ok");
  EXPECT_EQ(asking().ask_for_registration(said).code, "busy");
}

TEST_F(Domicile, NothingElseIsDoneInSuchAnOpening) {
  auto opened = asking();
  EXPECT_EQ(opened.open().code.substr(0, 8), "unsealed") << "a menu request";
  v1::Application application = opened.application_of({.kind = v1::KIND_FAMILY_REGISTER_PERSONS});
  application.set_rules_version(1);
  EXPECT_EQ(opened.send(application).code, "application_invalid");
  EXPECT_EQ(opened.confirm().code, "application_invalid");
  Session home(city, of_register);
  EXPECT_EQ(home.ask_for_registration(said).code.substr(0, 8), "unsealed") << "and in no other an application for it";
}

TEST_F(Domicile, ACityWithoutRegistersTakesNoApplications) {
  auto rules = CityAtWork::rules();
  rules.domicile_family.clear();
  std::erase_if(rules.kinds, [](const auto& rule) { return rule.group == v1::GROUP_FAMILY_REGISTER; });
  city.start(rules);
  EXPECT_EQ(asking().ask_for_registration(said).code, "kind_not_offered");
  EXPECT_EQ(Session(city, of_register, v1::SERVICE_DOMICILE_CITY).open().code, "kind_not_offered");
}

TEST_F(Domicile, WhatIsBeyondItsBoundsIsRefused) {
  using Spoil = std::function<void(v1::DomicileApplication&)>;
  const Spoil spoilt[] = {[](auto& a) { a.clear_name(); },
                          [](auto& a) { a.set_name("渡邉　大翔"); },
                          [](auto& a) { a.set_name("　"); },
                          [](auto& a) { a.set_head(std::string(401, 'a')); },
                          [](auto& a) { a.set_head("わたなべ"); },
                          [](auto& a) { a.set_born("2001-02-29"); },
                          [](auto& a) { a.set_born("2026-11-25"); },
                          [](auto& a) { a.clear_telephone(); },
                          [](auto& a) { a.set_telephone("TEL 1"); },
                          [](auto& a) { a.set_telephone(std::string(21, '0')); },
                          [](auto& a) { a.clear_salt(); }};
  for (const auto& spoil : spoilt) {
    auto application = said;
    spoil(application);
    EXPECT_EQ(asking().ask_for_registration(application).code, "application_invalid") << city.told_to_staff.size();
  }
  EXPECT_TRUE(applications().waiting()->empty());
}

}  // namespace
}  // namespace mado::issuer
