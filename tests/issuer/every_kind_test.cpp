// The issuer's core over the city's registers: menus, certificates and releases of every kind, for residents and for
// those who have only the 本籍 here.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/issuer/city_at_work.hpp"
#include "tests/registry/sample.hpp"

namespace mado::issuer {
namespace {

using at_work::Choice;
using at_work::CityAtWork;
using at_work::Session;
using registry::number;

constexpr std::array sensitive{v1::SUPPRESSION_PROTECTED,  v1::SUPPRESSION_PROTECTED_PENDING,
                               v1::SUPPRESSION_BLOCKED,    v1::SUPPRESSION_NOTICE_PENDING,
                               v1::SUPPRESSION_MOVING_OUT, v1::SUPPRESSION_PROVISIONAL};
constexpr std::array family_kinds{v1::KIND_FAMILY_REGISTER_WHOLE, v1::KIND_FAMILY_REGISTER_PERSONS,
                                  v1::KIND_FAMILY_REGISTER_SUPPLEMENT};

// 健一 lives here with a child; another child of his 戸籍 lives elsewhere, and a daughter has left it.
struct EveryKind : testing::Test {
  using Change = registry::Registers::Change;

  void SetUp() override {
    *record.add_persons() = record.persons(1);
    record.mutable_persons(2)->set_number("K1-3");
    record.mutable_persons(2)->set_given_name("美咲");
    record.mutable_persons(2)->set_removed(true);
    city.change([&](Change& c) -> Outcome<void> {
      MADO_CHECK(c.put_resident(registry::resident(0, 0)));
      MADO_CHECK(c.put_resident(registry::resident(1, 0, "子")));
      MADO_CHECK(c.put_family_register(record));
      MADO_CHECK(c.put_supplement(registry::supplement(record)));
      return c.put_seal(number(0), registry::seal());
    });
    auto tax = registry::tax_record(0);
    tax.set_annual_tax(0);
    city.tax.records[number(0)] = tax;
  }
  // What a menu says of a kind: "" if it may be had.
  static std::string unavailable(const v1::Menu& menu, v1::Kind kind) {
    const auto found = std::ranges::find(menu.kinds(), kind, &v1::MenuKind::kind);
    return found == menu.kinds().end() ? "not in the menu" : found->unavailable();
  }
  void offer_only(std::initializer_list<v1::Kind> kinds) {
    auto rules = CityAtWork::rules();
    std::erase_if(rules.kinds, [&](const auto& rule) { return std::ranges::find(kinds, rule.kind) == kinds.end(); });
    city.start(std::move(rules));
  }
  Session session() {
    Session opened(city, card);
    EXPECT_EQ(opened.open().code, "ok");
    return opened;
  }

  CityAtWork city;
  v1::FamilyRegister record = registry::family_register("K1", number(0));
  simulator::CardChip card = [this] {
    city.change([&](Change& c) { return c.put_resident(registry::resident(0, 0)); });
    return city.card_of(number(0));
  }();
};

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

TEST_F(EveryKind, SaitamaASealThatIsCancelledBeforeTheReleaseIsNotReleased) {
  auto opened = session();
  ASSERT_EQ(opened.apply({.kind = v1::KIND_SEAL_CERTIFICATE}).code, "ok");
  city.change([](Change& c) {
    auto seal = registry::seal();
    seal.set_state(v1::SEAL_STATE_CANCELLED);
    return c.put_seal(number(0), seal);
  });
  EXPECT_EQ(opened.confirm().code, "seal_not_registered");
}

// The paper shows the seal that is registered when it is released.
TEST_F(EveryKind, ASealThatIsExchangedBeforeTheReleaseIsNotReleased) {
  auto opened = session();
  ASSERT_EQ(opened.apply({.kind = v1::KIND_SEAL_CERTIFICATE}).code, "ok");
  city.change([](Change& c) {
    auto seal = registry::seal();
    seal.set_number(seal.number() + "1");
    return c.put_seal(number(0), seal);
  });
  EXPECT_EQ(opened.confirm().code, "record_changed");
  EXPECT_EQ(opened.confirm().code, "record_changed") << "the certificate stays as it was drawn";
}

TEST_F(EveryKind, ARecordThatChangesBeforeTheReleaseIsNotReleasedOfAnyKind) {
  auto opened = session();
  ASSERT_EQ(opened.apply({.kind = v1::KIND_TAXATION}).code, "ok");
  city.tax.records[number(0)].set_annual_tax(city.tax.records[number(0)].annual_tax() + 100);
  EXPECT_EQ(opened.confirm().code, "record_changed");
}

TEST_F(EveryKind, AChangeOfWhatIsNotDrawnLeavesTheReleaseAlone) {
  auto opened = session();
  ASSERT_EQ(opened.apply({.kind = v1::KIND_TAXATION}).code, "ok");
  city.tax.records[number(0)].set_position(city.tax.records[number(0)].position() + 1);
  city.clock.time = city.clock.time + std::chrono::seconds{1};
  EXPECT_EQ(opened.confirm().code, "ok");
}

TEST_F(EveryKind, ANoticeThatComesInBeforeTheReleaseOfARegisterStopsIt) {
  auto opened = session();
  ASSERT_EQ(opened.apply({.kind = v1::KIND_FAMILY_REGISTER_PERSONS}).code, "ok");
  city.change([](Change& c) { return c.set_notice("K1", true); });
  EXPECT_EQ(opened.confirm().code, "cannot_be_issued");
}

TEST_F(EveryKind, ATaxRecordIsReadAgainBeforeTheRelease) {
  auto opened = session();
  ASSERT_EQ(opened.apply({.kind = v1::KIND_TAXATION}).code, "ok");
  city.tax.records[number(0)].set_standing(v1::TAX_STANDING_NOT_DECLARED);
  EXPECT_EQ(opened.confirm().code, "tax_not_declared");
}

TEST_F(EveryKind, WhoLeavesTheRegisterBeforeTheReleaseIsNotReleased) {
  auto opened = session();
  ASSERT_EQ(opened.apply({.kind = v1::KIND_FAMILY_REGISTER_PERSONS, .scope = v1::SCOPE_MEMBERS, .persons = {2}}).code,
            "ok");
  city.change([&](Change& c) {
    auto changed = record;
    changed.mutable_persons(1)->set_removed(true);
    return c.put_family_register(changed);
  });
  EXPECT_EQ(opened.confirm().code, "person_not_in_household");
}

// chain.md rule 9: a menu's size class tells nothing of what may be had, nor whether names are told.
TEST_F(EveryKind, AMenuIsAsLongWhateverOfItMayNotBeHad) {
  const auto size = [&] { return session().menu().ByteSizeLong(); };
  const auto whole = size();
  city.tax.records[number(0)].set_standing(v1::TAX_STANDING_NOT_DECLARED);
  EXPECT_EQ(size(), whole) << "tax kinds are stopped";
  city.change([](Change& c) { return c.suppress("K1-2", v1::RECORD_KIND_FAMILY_REGISTER, v1::SUPPRESSION_PROTECTED); });
  const auto menu = session().menu();
  EXPECT_EQ(unavailable(menu, v1::KIND_FAMILY_REGISTER_WHOLE), "cannot_be_issued");
  EXPECT_EQ(menu.ByteSizeLong(), whole) << "戸籍 too, and nobody of it is named";
}

// chain.md rule 9: what is stopped shows; for which of the causes does not.
TEST_F(EveryKind, ASensitiveCauseInOneRegisterStopsItsKindsAndLooksLikeEveryOther) {
  std::set<std::string> views;
  const auto view = [&] {
    Session opened(city, card);
    const auto told = opened.open();
    std::string seen = told.code + " " + std::to_string(told.envelope) + (told.was_held ? " held" : "");
    for (const auto& kind : told.message.kinds()) seen += " " + kind.unavailable();
    return seen + " " + opened.apply({.kind = v1::KIND_FAMILY_REGISTER_PERSONS}).code;
  };
  for (const auto cause : sensitive) {
    city.change([&](Change& c) { return c.suppress("K1-2", v1::RECORD_KIND_FAMILY_REGISTER, cause); });
    views.insert(view());
    const auto menu = session().menu();
    EXPECT_EQ(unavailable(menu, v1::KIND_FAMILY_REGISTER_WHOLE), "cannot_be_issued");
    EXPECT_EQ(unavailable(menu, v1::KIND_FAMILY_REGISTER_PERSONS), "cannot_be_issued");
    EXPECT_EQ(unavailable(menu, v1::KIND_FAMILY_REGISTER_SUPPLEMENT), "");
    EXPECT_EQ(unavailable(menu, v1::KIND_RESIDENCE_CERTIFICATE), "");
    city.change([&](Change& c) { return c.lift("K1-2", v1::RECORD_KIND_FAMILY_REGISTER, cause); });
  }
  city.change([](Change& c) { return c.set_notice("K1", true); });
  views.insert(view());
  EXPECT_EQ(views.size(), 1U);
}

TEST_F(EveryKind, NobodysNameIsToldWhomNothingMayBeHadAbout) {
  city.change([](Change& c) -> Outcome<void> {
    MADO_CHECK(c.suppress("K1-2", v1::RECORD_KIND_FAMILY_REGISTER, v1::SUPPRESSION_PROTECTED));
    return c.suppress("K1-2", v1::RECORD_KIND_SUPPLEMENT, v1::SUPPRESSION_PROTECTED);
  });
  EXPECT_EQ(session().menu().persons_size(), 2) << "the household";
}

// The household of a person under 支援措置 gets nothing at the very second when the feed's acknowledgement returns.
struct Acknowledged : EveryKind, testing::WithParamInterface<v1::Kind> {
  void protect() {
    city.registers->fed_by({{"residents", at_work::feeding_peer, {v1::RECORD_KIND_UNSPECIFIED}, false}});
    v1::FeedChange change;
    change.set_source("residents");
    change.set_number(1);
    change.set_made_at(city.clock.time.milliseconds);
    change.mutable_suppression()->set_person(number(1));
    change.mutable_suppression()->set_cause(v1::SUPPRESSION_PROTECTED);
    change.mutable_suppression()->set_in_force(true);
    registry::Feed feed(*city.registers);
    ASSERT_TRUE(feed.apply(change, at_work::feeding_peer, city.clock.time));
  }
  Choice choice() const {
    if (GetParam() == v1::KIND_FAMILY_REGISTER_WHOLE)
      return {.kind = GetParam(), .scope = v1::SCOPE_HOUSEHOLD, .persons = {0, 2}};
    return {.kind = GetParam()};
  }
};

TEST_P(Acknowledged, StopsTheMenu) {
  protect();
  const auto told = Session(city, card).open();
  EXPECT_EQ(told.code, "cannot_be_issued");
  EXPECT_TRUE(told.was_held);
}
TEST_P(Acknowledged, StopsAnApplication) {
  auto opened = session();
  protect();
  EXPECT_EQ(opened.apply(choice()).code, "cannot_be_issued");
}
TEST_P(Acknowledged, StopsARelease) {
  auto opened = session();
  ASSERT_EQ(opened.apply(choice()).code, "ok");
  protect();
  EXPECT_EQ(opened.confirm().code, "cannot_be_issued");
}
INSTANTIATE_TEST_SUITE_P(Kinds, Acknowledged,
                         testing::Values(v1::KIND_RESIDENCE_CERTIFICATE, v1::KIND_SEAL_CERTIFICATE,
                                         v1::KIND_FAMILY_REGISTER_WHOLE, v1::KIND_FAMILY_REGISTER_PERSONS,
                                         v1::KIND_FAMILY_REGISTER_SUPPLEMENT, v1::KIND_TAXATION, v1::KIND_NO_TAXATION),
                         [](const auto& kind) { return v1::Kind_Name(kind.param); });

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
