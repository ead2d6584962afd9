// One citizen's session until it is about money, as a specification: which screen follows which, what is kept, what
// ends it. docs/kiosk-screens.md; chain.md rules 4 and 10; invariants I9 and I11.
#include <algorithm>
#include <functional>

#include "tests/kiosk/a_session.hpp"

namespace mado::kiosk {
namespace {

// --- the way

TEST_F(ASession, GoesFromScreenToScreen) {
  EXPECT_EQ(session->screen(), Screen::service);
  press("begin");
  EXPECT_EQ(session->screen(), Screen::place);
  press_text("choose_city", "999999");
  EXPECT_EQ(session->screen(), Screen::place) << "a city outside the roster";
  press_text("choose_city", SmallCity::code);
  EXPECT_EQ(session->screen(), Screen::working);
  answer();
  EXPECT_EQ(session->screen(), Screen::card_on);
  happens(CardOnReader{true});
  happens(CardTries{3});
  EXPECT_EQ(session->screen(), Screen::pin);
  enter_pin();
  EXPECT_EQ(session->screen(), Screen::working);
  EXPECT_EQ(session->pin_digits(), 0U) << "the PIN has gone to the card and is nowhere else";
  happens(CardRead{city().card_certificate(), std::nullopt});
  happens(CardSigned{city().card_signature(to_sign)});
  EXPECT_EQ(session->working_step(), "check");
  answer();
  EXPECT_EQ(session->screen(), Screen::card_off) << "the card still lies there";
  happens(CardOnReader{false});
  EXPECT_EQ(session->screen(), Screen::kind);
  press("choose_kind", v1::KIND_RESIDENCE_CERTIFICATE);
  EXPECT_EQ(session->screen(), Screen::persons);
  press("next");
  EXPECT_EQ(session->screen(), Screen::items);
  press("next");
  EXPECT_EQ(session->screen(), Screen::copies);
  press("next");
  EXPECT_EQ(session->screen(), Screen::summary);
  EXPECT_EQ(session->fee(), SmallCity::fee);
  press("agree");
  EXPECT_EQ(session->screen(), Screen::working);
}

// --- back, and what is kept

TEST_F(ASession, GoingBackKeepsEveryChoice) {
  to_persons();
  press("choose_scope", v1::SCOPE_MEMBERS);
  press("toggle_person", 1);
  press("next");
  press("toggle_option", v1::OPTION_HEAD_AND_RELATION);
  press("next");
  press("set_copies", 3);
  press("next");
  for (const auto screen : {Screen::copies, Screen::items, Screen::persons, Screen::kind}) {
    press("back");
    EXPECT_EQ(session->screen(), screen);
  }
  EXPECT_FALSE(session->can_go_back()) << "not back to the card";
  press("choose_kind", v1::KIND_RESIDENCE_CERTIFICATE);
  EXPECT_EQ(session->choices().scope, v1::SCOPE_MEMBERS);
  EXPECT_EQ(session->chosen_persons(), (std::vector<bool>{true, true, false}));
  EXPECT_EQ(session->choices().options, std::vector{v1::OPTION_HEAD_AND_RELATION});
  EXPECT_EQ(session->choices().copies, 3U);
  EXPECT_EQ(session->fee(), 3 * SmallCity::fee);
}

TEST_F(ASession, IgnoresChoicesThatTheMenuDoesNotHold) {
  to_persons();
  press("choose_scope", 9);
  EXPECT_EQ(session->choices().scope, v1::SCOPE_SELF);
  press("next");
  press("toggle_option", v1::OPTION_INDIVIDUAL_NUMBER);
  EXPECT_TRUE(session->choices().options.empty());
  press("next");
  press("set_copies", 6);
  press("set_copies", 0);
  EXPECT_EQ(session->choices().copies, 1U);
}

// --- which service, and each kind's own choices

TEST_F(ASession, TheOpeningSaysWhichServiceWasChosen) {
  press("begin", v1::SERVICE_DOMICILE_CITY);
  press_text("choose_city", SmallCity::code);
  answer();
  happens(CardOnReader{true});
  happens(CardTries{3});
  enter_pin();
  happens(CardRead{city().card_certificate(), std::nullopt});
  happens(CardSigned{city().card_signature(to_sign)});
  answer();
  EXPECT_EQ(city().opened_service(), v1::SERVICE_DOMICILE_CITY);
  happens(CardOnReader{false});
  EXPECT_EQ(session->screen(), Screen::kind);
}

TEST_F(ASession, AKindThatMayNotBeHadCannotBeChosen) {
  to_kind();
  press("choose_kind", v1::KIND_SEAL_CERTIFICATE);
  EXPECT_EQ(session->screen(), Screen::kind);
}

TEST_F(ASession, OffersThePersonsOfTheKindsGroup) {
  to_persons();
  press("choose_scope", v1::SCOPE_HOUSEHOLD);
  EXPECT_EQ(session->choices().persons, (std::vector<std::size_t>{0, 1}));
  press("back");
  press("choose_kind", v1::KIND_FAMILY_REGISTER_SUPPLEMENT);
  EXPECT_EQ(session->choices().persons, (std::vector<std::size_t>{0})) << "another kind begins with its own scope";
  press("choose_scope", v1::SCOPE_HOUSEHOLD);
  EXPECT_EQ(session->choices().persons, (std::vector<std::size_t>{0, 2}));
}

TEST_F(ASession, SomebodyOfAnotherGroupCannotBeChosen) {
  to_kind();
  press("choose_kind", v1::KIND_RESIDENCE_ITEMS);
  press("toggle_person", 2);
  press("toggle_person", 3);
  press("toggle_person", -1);
  EXPECT_EQ(session->choices().persons, (std::vector<std::size_t>{0}));
  press("toggle_person", 0);
  press("next");
  EXPECT_EQ(session->screen(), Screen::persons) << "nobody is chosen";
}

TEST_F(ASession, LeavesOutScreensOnWhichNothingCanBeChosen) {
  to_kind();
  press("choose_kind", v1::KIND_FAMILY_REGISTER_WHOLE);
  EXPECT_EQ(session->screen(), Screen::copies);
  EXPECT_EQ(session->choices().persons, (std::vector<std::size_t>{0, 2}));
  press("back");
  EXPECT_EQ(session->screen(), Screen::kind);
  press("choose_kind", v1::KIND_INCOME);
  EXPECT_EQ(session->screen(), Screen::copies);
  EXPECT_EQ(session->choices().persons, (std::vector<std::size_t>{0}));
}

TEST_F(ASession, BeginsWithTheOptionsThatTheCityChoosesAndTheCitizenTogglesThem) {
  to_kind();
  press("choose_kind", v1::KIND_RESIDENCE_ITEMS);
  press("next");
  EXPECT_EQ(session->choices().options, std::vector{v1::OPTION_HEAD_AND_RELATION});
  press("toggle_option", v1::OPTION_WITHOUT_BUILDING);
  press("toggle_option", v1::OPTION_HEAD_AND_RELATION);
  EXPECT_EQ(session->choices().options, std::vector{v1::OPTION_WITHOUT_BUILDING});
}

TEST_F(ASession, AHistoryOfChangesNeedsASheetForEachPerson) {
  to_kind();
  press("choose_kind", v1::KIND_RESIDENCE_ITEMS);
  press("next");
  press("toggle_option", v1::OPTION_HEAD_AND_RELATION);
  press("toggle_option", v1::OPTION_CHANGES);
  EXPECT_TRUE(session->choices().options.empty());
  press("toggle_option", v1::OPTION_SHEET_EACH);
  press("toggle_option", v1::OPTION_CHANGES);
  EXPECT_EQ(session->choices().options, (std::vector{v1::OPTION_SHEET_EACH, v1::OPTION_CHANGES}));
  press("toggle_option", v1::OPTION_SHEET_EACH);
  EXPECT_TRUE(session->choices().options.empty()) << "it goes with the sheets";
}

TEST_F(ASession, AnOptionOfAnotherKindCannotBeChosenEvenIfAMenuHoldsIt) {
  to_kind();
  press("choose_kind", v1::KIND_FAMILY_REGISTER_SUPPLEMENT);
  press("next");
  press("toggle_option", v1::OPTION_WITHOUT_BUILDING);
  EXPECT_TRUE(session->choices().options.empty());
}

// --- cancelling

TEST_F(ASession, CancelledBeforeMoneyEndsErased) {
  const std::vector<std::function<void()>> ways{[&] {},
                                                [&] { to_place(); },
                                                [&] { to_card_on(); },
                                                [&] { to_pin(); },
                                                [&] { to_check(); },
                                                [&] { to_card_off(); },
                                                [&] { to_kind(); },
                                                [&] { to_persons(); },
                                                [&] { to_items(); },
                                                [&] { to_copies(); },
                                                [&] { to_summary(); },
                                                [&] { to_issue(); }};
  for (const auto& way : ways) {
    session = another_session();
    outside.clear();
    way();
    press("cancel");
    EXPECT_EQ(session->screen(), Screen::ended);
    EXPECT_TRUE(session->erased());
    EXPECT_TRUE(std::ranges::find(outside, "enable acceptor") == outside.end());
  }
}

// --- the card

TEST_F(ASession, AWrongPinAsksAgainAndSaysWhatRemains) {
  to_pin();
  enter_pin();
  happens(CardRead{refuse(Reason::pin_wrong, ""), 2});
  EXPECT_EQ(session->screen(), Screen::pin);
  EXPECT_TRUE(session->pin_was_wrong());
  EXPECT_EQ(session->tries_left(), 2);
  enter_pin();
  happens(CardRead{refuse(Reason::pin_blocked, ""), 0});
  ends_refused_with(Reason::pin_blocked);
}

TEST_F(ASession, ABlockedCardIsNotAskedForItsPin) {
  to_card_on();
  happens(CardOnReader{true});
  happens(CardTries{0});
  ends_refused_with(Reason::pin_blocked);
}

TEST_F(ASession, ACardTakenOffTooEarlyEndsIt) {
  to_pin();
  enter_pin();
  happens(CardOnReader{false});
  ends_refused_with(Reason::card_removed_early);
}

TEST_F(ASession, ACardPutBackFromTheMenuOnEndsIt) {
  to_kind();
  happens(CardOnReader{true});
  ends_refused_with(Reason::card_left_on_reader);
}

// Found by the simulator (seed 8): while an answer was on its way the card was not looked for.
TEST_F(ASession, ACardPutBackWhileTheCertificateIsMadeEndsIt) {
  to_issue();
  happens(CardOnReader{true});
  ends_refused_with(Reason::card_left_on_reader);
  answer();
  ends_refused_with(Reason::card_left_on_reader);
}

TEST_F(ASession, ASignatureThatTheCardsCertificateDoesNotHoldIsRefused) {
  to_pin();
  enter_pin();
  happens(CardRead{city().card_certificate(), std::nullopt});
  happens(CardSigned{Bytes(256, 7)});
  ends_refused_with(Reason::card_answer_unreadable);
}

// --- calls

TEST_F(ASession, ALateAnswerOpensNothing) {
  to_place();
  press_text("choose_city", SmallCity::code);
  const auto late = call;
  const auto challenge = city().answer(method, request, now);
  happens(TimeIsUp{});
  ends_refused_with(Reason::answer_late);
  happens(CallAnswered{late, challenge});
  EXPECT_EQ(session->screen(), Screen::refused);
}

TEST_F(ASession, AnAnswerToACallOfAnEarlierSessionOpensNothing) {
  to_place();
  press_text("choose_city", SmallCity::code);
  const auto earlier = call;
  const auto challenge = city().answer(method, request, now);
  session = another_session();
  to_place();
  press_text("choose_city", SmallCity::code);
  happens(CallAnswered{earlier, challenge});
  EXPECT_EQ(session->screen(), Screen::working) << "it waits for the answer to its own call";
  answer();
  EXPECT_EQ(session->screen(), Screen::card_on);
}

TEST_F(ASession, AnAnswerToAnotherCallOpensNothing) {
  to_summary();
  const auto of_open = call;
  press("agree");
  const auto pages = city().answer(method, request, now);
  happens(CallAnswered{of_open, pages});
  EXPECT_EQ(session->screen(), Screen::working);
  happens(CallAnswered{call, pages});
  EXPECT_EQ(outside.back(), "journal 1");
  happens(CallAnswered{call, pages});
  EXPECT_EQ(outside.back(), "journal 1") << "nor a second time";
}

TEST_F(ASession, ARefusalOfTheCityIsShown) {
  to_issue();
  city().refuse_next(Reason::cannot_be_issued);
  answer();
  ends_refused_with(Reason::cannot_be_issued);
  EXPECT_TRUE(journal.empty());
}

// --- time

TEST_F(ASession, IdleScreensTimeOut) {
  const std::vector<std::pair<const char*, std::function<void()>>> ways{
      {"place", [&] { to_place(); }},   {"card_on", [&] { to_card_on(); }}, {"pin", [&] { to_pin(); }},
      {"kind", [&] { to_kind(); }},     {"persons", [&] { to_persons(); }}, {"items", [&] { to_items(); }},
      {"copies", [&] { to_copies(); }}, {"summary", [&] { to_summary(); }}};
  for (const auto& [screen, way] : ways) {
    session = another_session();
    way();
    EXPECT_EQ(name_of(session->screen()), screen);
    EXPECT_EQ(session->time_for_screen(), std::chrono::seconds{60});
    happens(TimeIsUp{});
    ends_refused_with(Reason::timed_out);
  }
}

TEST_F(ASession, ACardLeftOnTheReaderIsWaitedFor) {
  to_card_off();
  happens(TimeIsUp{});
  EXPECT_EQ(session->screen(), Screen::card_off);
  EXPECT_TRUE(session->waits_long());
}

}  // namespace
}  // namespace mado::kiosk
