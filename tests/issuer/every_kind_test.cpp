// The issuer's core over the city's registers: menus and certificates of every kind.
#include <set>

#include "tests/issuer/every_kind.hpp"

namespace mado::issuer {
namespace {

TEST_F(EveryKind, StandsInTheMenuWithItsGroupAndWhatIsChosenAtFirst) {
  const auto menu = session().menu();
  EXPECT_EQ(menu.kinds_size(), static_cast<int>(CityAtWork::rules().kinds.size()));
  for (const auto& kind : menu.kinds()) {
    EXPECT_EQ(kind.unavailable(), "") << v1::Kind_Name(kind.kind());
    const bool of_register = std::ranges::find(family_kinds, kind.kind()) != family_kinds.end();
    EXPECT_EQ(kind.group(), of_register ? v1::GROUP_FAMILY_REGISTER : v1::GROUP_HOUSEHOLD);
  }
  ASSERT_EQ(menu.kinds(0).chosen_size(), 1);
  EXPECT_EQ(menu.kinds(0).chosen(0), v1::OPTION_HEAD_AND_RELATION);
}

TEST_F(EveryKind, AHumanBeingOfHouseholdAndRegisterHasOneHandle) {
  const auto menu = session().menu();
  ASSERT_EQ(menu.persons_size(), 3);
  EXPECT_EQ(menu.persons(0).groups_size(), 2) << "健一 stands in both";
  EXPECT_TRUE(menu.persons(0).holder());
  EXPECT_EQ(menu.persons(1).groups(0), v1::GROUP_HOUSEHOLD);
  EXPECT_EQ(menu.persons(2).groups(0), v1::GROUP_FAMILY_REGISTER);
  EXPECT_EQ(menu.persons(2).name(), "渡邉\U000E0102　大翔") << "the 氏 of the 戸籍 and his 名";
  EXPECT_EQ(menu.persons(2).relation(), "長男");
  std::set<std::string> handles;
  for (const auto& person : menu.persons()) handles.insert(person.handle());
  EXPECT_EQ(handles.size(), 3U);
}

TEST_F(EveryKind, IsIssuedAndReleasedForWhomItWasAppliedFor) {
  struct Applied {
    v1::Kind kind;
    v1::Scope scope;
    std::vector<int> persons;
  };
  const Applied every[] = {{v1::KIND_RESIDENCE_CERTIFICATE, v1::SCOPE_HOUSEHOLD, {0, 1}},
                           {v1::KIND_SEAL_CERTIFICATE, v1::SCOPE_SELF, {0}},
                           {v1::KIND_FAMILY_REGISTER_WHOLE, v1::SCOPE_HOUSEHOLD, {0, 2}},
                           {v1::KIND_FAMILY_REGISTER_PERSONS, v1::SCOPE_MEMBERS, {2}},
                           {v1::KIND_FAMILY_REGISTER_SUPPLEMENT, v1::SCOPE_HOUSEHOLD, {0, 2}},
                           {v1::KIND_TAXATION, v1::SCOPE_SELF, {0}},
                           {v1::KIND_NO_TAXATION, v1::SCOPE_SELF, {0}}};
  for (const auto& [kind, scope, persons] : every) {
    auto opened = session();
    const auto certificate = opened.apply({.kind = kind, .scope = scope, .persons = persons});
    ASSERT_EQ(certificate.code, "ok") << v1::Kind_Name(kind);
    EXPECT_EQ(certificate.message.handles_size(), static_cast<int>(persons.size()));
    for (int i = 0; i < certificate.message.handles_size(); ++i)
      EXPECT_EQ(certificate.message.handles(i), opened.menu().persons(persons[static_cast<std::size_t>(i)]).handle());
    EXPECT_EQ(opened.confirm().code, "ok") << v1::Kind_Name(kind);
  }
}

TEST_F(EveryKind, TheLedgerHoldsTheFamilyOfTheKind) {
  ASSERT_EQ(session().apply({.kind = v1::KIND_FAMILY_REGISTER_PERSONS}).code, "ok");
  EXPECT_EQ(city.ledger.rows(10)->front().family, "registers");
}

TEST_F(EveryKind, AHandleOfTheOtherGroupNamesNobody) {
  EXPECT_EQ(
      session().apply({.kind = v1::KIND_FAMILY_REGISTER_PERSONS, .scope = v1::SCOPE_MEMBERS, .persons = {1}}).code,
      "person_not_in_household");
  EXPECT_EQ(session().apply({.scope = v1::SCOPE_MEMBERS, .persons = {2}}).code, "person_not_in_household");
}

TEST_F(EveryKind, TheWholeIsOfEverybodyAndPartsAreInOrderAndOnce) {
  const auto refused = [&](v1::Kind kind, v1::Scope scope, std::vector<int> persons) {
    return session().apply({.kind = kind, .scope = scope, .persons = std::move(persons)}).code;
  };
  EXPECT_EQ(refused(v1::KIND_FAMILY_REGISTER_WHOLE, v1::SCOPE_HOUSEHOLD, {0}), "person_not_in_household");
  EXPECT_EQ(refused(v1::KIND_FAMILY_REGISTER_PERSONS, v1::SCOPE_SELF, {2}), "person_not_in_household");
  EXPECT_EQ(refused(v1::KIND_FAMILY_REGISTER_PERSONS, v1::SCOPE_MEMBERS, {2, 0}), "person_not_in_household");
  EXPECT_EQ(refused(v1::KIND_FAMILY_REGISTER_PERSONS, v1::SCOPE_MEMBERS, {0, 0}), "person_not_in_household");
}

TEST_F(EveryKind, OptionsThatContradictEachOtherAreRefused) {
  const auto apply = [&](std::vector<v1::Option> options) {
    return session().apply({.options = std::move(options)}).code;
  };
  EXPECT_EQ(apply({v1::OPTION_CHANGES}), "application_invalid") << "異動履歴 without a sheet for each";
  EXPECT_EQ(apply({v1::OPTION_SHEET_EACH, v1::OPTION_CHANGES}), "ok");
  EXPECT_EQ(apply({v1::OPTION_CHANGES, v1::OPTION_SHEET_EACH}), "application_invalid") << "out of order";
  EXPECT_EQ(apply({v1::OPTION_KANA}), "option_not_offered");
}

TEST_F(EveryKind, ACopyOfMorePagesThanTheRulesAllowIsRefused) {
  auto rules = CityAtWork::rules();
  rules.most_pages = 3;
  city.start(rules);
  city.composer.pages = 3;
  EXPECT_EQ(session().apply({}).code, "ok");
  city.composer.pages = 4;
  EXPECT_EQ(session().apply({}).code, "too_many_pages");
}

// What shows only when the paper is drawn: a character that the font lacks, a record that does not fit, too many pages.
TEST_F(EveryKind, WhatCannotBeDrawnIsRefusedAndIsNotReleased) {
  const auto rules = CityAtWork::rules();
  for (const auto reason : {Reason::character_not_available, Reason::text_too_long, Reason::too_many_pages,
                            Reason::record_incomplete, Reason::page_check_failed}) {
    city.composer.refuses = reason;
    for (const auto& rule : rules.kinds) {
      auto opened = session();
      Choice choice{.kind = rule.kind};
      if (rule.kind == v1::KIND_FAMILY_REGISTER_WHOLE) choice = {rule.kind, v1::SCOPE_HOUSEHOLD, {0, 2}};
      const auto refused = opened.apply(choice);
      EXPECT_EQ(refused.code, code_of(reason)) << v1::Kind_Name(rule.kind);
      EXPECT_TRUE(refused.was_held) << v1::Kind_Name(rule.kind);
      EXPECT_EQ(opened.confirm().code, "not_confirmed") << v1::Kind_Name(rule.kind);
    }
  }
}

// Only what a kind is made from is read.
TEST_F(EveryKind, AsksForTheRecordsOfItsOwn) {
  const auto records_asked = [&] {
    std::set<int> records;
    for (const auto& query : std::exchange(city.lines.asked, {}))
      records.insert(query.records().begin(), query.records().end());
    return records;
  };
  offer_only({v1::KIND_RESIDENCE_CERTIFICATE});
  (void)session();
  EXPECT_EQ(records_asked(), std::set<int>{});
  EXPECT_EQ(city.tax.asked, 0);
  offer_only({v1::KIND_SEAL_CERTIFICATE, v1::KIND_FAMILY_REGISTER_SUPPLEMENT});
  auto opened = session();
  EXPECT_EQ(records_asked(),
            (std::set<int>{v1::RECORD_KIND_SEAL, v1::RECORD_KIND_FAMILY_REGISTER, v1::RECORD_KIND_SUPPLEMENT}));
  EXPECT_EQ(opened.apply({.kind = v1::KIND_SEAL_CERTIFICATE}).code, "ok");
  EXPECT_EQ(records_asked(), std::set<int>{v1::RECORD_KIND_SEAL});
}

TEST_F(EveryKind, WhatMayNotBeHadStandsInTheMenuWithItsReasonAndIsToldToStaff) {
  city.change([](Change& c) {
    auto seal = registry::seal();
    seal.set_state(v1::SEAL_STATE_CANCELLED);
    return c.put_seal(number(0), seal);
  });
  city.tax.records[number(0)].set_annual_tax(1);
  auto opened = session();
  EXPECT_EQ(unavailable(opened.menu(), v1::KIND_SEAL_CERTIFICATE), "seal_not_registered");
  EXPECT_EQ(unavailable(opened.menu(), v1::KIND_NO_TAXATION), "taxed");
  EXPECT_EQ(unavailable(opened.menu(), v1::KIND_RESIDENCE_CERTIFICATE), "");
  ASSERT_FALSE(city.told_to_staff.empty());
  EXPECT_TRUE(city.told_to_staff.front().cause.ends_with(": the seal's registration was cancelled"));
  EXPECT_EQ(opened.apply({.kind = v1::KIND_SEAL_CERTIFICATE}).code, "seal_not_registered") << "asked for all the same";
}

TEST_F(EveryKind, WhereNothingMayBeHadTheSessionIsRefusedWithTheReason) {
  offer_only({v1::KIND_SEAL_CERTIFICATE});
  city.change([](Change& c) {
    auto seal = registry::seal();
    seal.set_state(v1::SEAL_STATE_CANCELLED);
    return c.put_seal(number(0), seal);
  });
  const auto refused = Session(city, card).open();
  EXPECT_EQ(refused.code, "seal_not_registered");
  EXPECT_TRUE(refused.was_held);
}

// 戸籍 keeps the hours of the city's working days: at night its kinds stand in the menu with that reason, nothing is
// read for them, and nobody's name is told for them.
TEST_F(EveryKind, AFamilyThatIsClosedStandsInTheMenuAndIsNotRead) {
  auto rules = CityAtWork::rules();
  rules.families[1].store->hours = {9 * 60, 17 * 60};
  city.start(rules);
  city.clock.time = city.clock.time + std::chrono::hours{8};
  city.lines.asked.clear();
  auto opened = session();
  EXPECT_EQ(unavailable(opened.menu(), v1::KIND_FAMILY_REGISTER_WHOLE), "outside_hours");
  EXPECT_EQ(unavailable(opened.menu(), v1::KIND_SEAL_CERTIFICATE), "");
  EXPECT_EQ(opened.menu().persons_size(), 2) << "the household";
  ASSERT_EQ(city.lines.asked.size(), 1U);
  EXPECT_EQ(city.lines.asked.front().records_size(), 1) << "印鑑登録";
  EXPECT_EQ(opened.apply({.kind = v1::KIND_FAMILY_REGISTER_PERSONS}).code, "outside_hours");
  EXPECT_EQ(Session(city, card, v1::SERVICE_DOMICILE_CITY).open().code, "outside_hours");
}

// A register that has not heard of a change stops what rests on it, and nothing else (さいたま・新潟・熊本).
TEST_F(EveryKind, SaitamaAGapInTheSealsFeedStopsSealsAlone) {
  city.registers->fed_by({{"seals", at_work::feeding_peer, {v1::RECORD_KIND_SEAL}, false}});
  registry::Feed feed(*city.registers);
  const auto heartbeat = [&](std::uint64_t number) {
    v1::FeedChange change;
    change.set_source("seals");
    change.set_number(number);
    change.set_made_at(city.clock.time.milliseconds);
    change.mutable_heartbeat();
    return feed.apply(change, at_work::feeding_peer, city.clock.time);
  };
  EXPECT_EQ(unavailable(session().menu(), v1::KIND_SEAL_CERTIFICATE), "register_unavailable") << "never heard of";
  ASSERT_TRUE(heartbeat(0));
  auto opened = session();
  EXPECT_EQ(unavailable(opened.menu(), v1::KIND_SEAL_CERTIFICATE), "");
  ASSERT_FALSE(heartbeat(1)) << "change 1 has not come";
  EXPECT_EQ(opened.apply({.kind = v1::KIND_SEAL_CERTIFICATE}).code, "register_unavailable");
  EXPECT_EQ(opened.apply({}).code, "ok");
  EXPECT_EQ(unavailable(session().menu(), v1::KIND_RESIDENCE_CERTIFICATE), "");
}

}  // namespace
}  // namespace mado::issuer
