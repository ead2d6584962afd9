// One citizen's session as a specification: which screen follows which, what is kept, what is returned, and in which
// order the outside world is touched. docs/kiosk-screens.md; chain.md rules 4, 10, 11; invariants I9, I11, I12.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "kiosk/core/session.hpp"
#include "tests/kiosk/small_city.hpp"

namespace mado::kiosk {
namespace {

SmallCity& city() {
  static SmallCity made;  // its keys take a second
  return made;
}

// Plays the driver: keeps what the session asked for, and answers it when the test says so.
struct ASession : ::testing::Test {
  Instant now{1'800'000'060'000};
  static std::unique_ptr<Session> another_session() {
    auto made = std::make_unique<Session>(
        SessionSettings{.kiosk = "K000001"}, *city().crypto, city().roster, city().device_key,
        MachineCounters{
            .acceptor_captured = 5'000, .acceptor_returned = 700, .printer_impressions = 90, .printer_counts = true});
    made->begin();
    return made;
  }
  std::unique_ptr<Session> session = another_session();
  std::vector<std::string> outside;  // every effect but Show, in order
  std::vector<JournalEntry> journal;
  std::uint64_t call = 0;
  std::string method;
  Bytes request;
  Bytes to_sign;
  Sensitive<Bytes> document;

  void feel(Effects effects) {
    for (auto& effect : effects) {
      if (auto* asked = std::get_if<Call>(&effect)) {
        call = asked->number;
        method = asked->method;
        request = asked->request;
        outside.push_back("call " + method.substr(method.rfind('/') + 1));
      } else if (auto* write = std::get_if<WriteJournal>(&effect)) {
        journal.push_back(write->entry);
        outside.push_back("journal " + std::to_string(static_cast<int>(write->entry.step)));
      } else if (auto* sign = std::get_if<SignWithCard>(&effect)) {
        to_sign = sign->digest_info;
        outside.emplace_back("sign");
      } else if (auto* print = std::get_if<Print>(&effect)) {
        document = std::move(print->document);
        outside.push_back("print " + std::to_string(print->impressions));
      } else if (std::get_if<WatchCard>(&effect) != nullptr) {
      } else if (auto* capture = std::get_if<Capture>(&effect)) {
        outside.push_back("capture " + std::to_string(capture->due));
      } else if (std::get_if<EnableAcceptor>(&effect) != nullptr) {
        outside.emplace_back("enable acceptor");
      } else if (std::get_if<ReturnMoney>(&effect) != nullptr) {
        outside.emplace_back("return money");
      } else if (std::get_if<ReadCard>(&effect) != nullptr) {
        outside.emplace_back("read card");
      } else if (std::get_if<AskTries>(&effect) != nullptr) {
        outside.emplace_back("ask tries");
      } else if (std::get_if<Finish>(&effect) != nullptr) {
        outside.emplace_back("finish");
      }
    }
  }
  void happens(Event event) { feel(session->on(std::move(event), now)); }
  void press(const std::string& action, std::int64_t number = 0) { happens(Pressed{action, "", number}); }
  void press_text(const std::string& action, const std::string& text) { happens(Pressed{action, text, 0}); }
  void answer() { happens(CallAnswered{call, city().answer(method, request, now)}); }
  void enter_pin() {
    for (const auto* digit : {"1", "2", "3", "4"}) press_text("digit", digit);
    press("enter");
  }

  // The way of a session that nothing disturbs, as far as each screen.
  void to_place() { press("begin"); }
  void to_card_on() {
    to_place();
    press_text("choose_city", SmallCity::code);
    answer();
  }
  void to_pin() {
    to_card_on();
    happens(CardOnReader{true});
    happens(CardTries{3});
  }
  void to_check() {
    to_pin();
    enter_pin();
    happens(CardRead{city().card_certificate(), std::nullopt});
    happens(CardSigned{city().card_signature(to_sign)});
  }
  void to_card_off() {
    to_check();
    answer();
  }
  void to_kind() {
    to_card_off();
    happens(CardOnReader{false});
  }
  void to_persons() {
    to_kind();
    press("choose_kind", v1::KIND_RESIDENCE_CERTIFICATE);
  }
  void to_items() {
    to_persons();
    press("next");
  }
  void to_copies() {
    to_items();
    press("next");
  }
  void to_summary() {
    to_copies();
    press("next");
  }
  void to_issue() {
    to_summary();
    press("agree");
  }
  void to_pay() {
    to_issue();
    answer();
    happens(JournalWritten{{}});
    happens(MoneyReady{{}});
  }
  void to_confirm() {
    to_pay();
    happens(CoinInserted{500});
  }
  void to_printing() {
    to_confirm();
    answer();
    happens(JournalWritten{{}});
    happens(MoneyCaptured{300U});
    happens(JournalWritten{{}});
  }
  void to_take() {
    to_printing();
    happens(Printed{PrintResult{1}});
    happens(JournalWritten{{}});
  }

  void ends_refused_with(Reason reason) {
    EXPECT_EQ(name_of(session->screen()), "refused");
    ASSERT_TRUE(session->refusal());
    EXPECT_EQ(code_of(session->refusal()->reason), code_of(reason));
  }
};

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

TEST_F(ASession, TouchesTheOutsideInTheOrderOfTheRules) {
  to_take();
  const std::vector<std::string> order{"call GetChallenge", "ask tries", "read card",       "sign",         "call Open",
                                       "call Apply",        "journal 1", "enable acceptor", "call Confirm", "journal 2",
                                       "capture 200",       "journal 3", "print 1",         "journal 4"};
  EXPECT_EQ(outside, order);
  press("finish");
  EXPECT_EQ(outside.back(), "journal 5");
  EXPECT_EQ(session->screen(), Screen::ended);
  EXPECT_TRUE(session->erased());
  EXPECT_EQ(journal.back().ending, v1::ENDING_HANDED_OVER);
  EXPECT_EQ(journal.back().money_taken, 200U);
  EXPECT_EQ(journal.back().money_in_case, 0U);
  EXPECT_TRUE(journal.back().case_closed);
  press("close");
  EXPECT_EQ(outside.back(), "finish");
}

TEST_F(ASession, DoesNothingOutsideBeforeItsLineIsWritten) {
  to_issue();
  answer();
  EXPECT_EQ(outside.back(), "journal 1");
  happens(MoneyReady{{}});
  happens(CoinInserted{500});
  EXPECT_EQ(outside.back(), "journal 1") << "the acceptor is not enabled yet, and nothing it says counts";
  happens(JournalWritten{{}});
  EXPECT_EQ(outside.back(), "enable acceptor");
}

TEST_F(ASession, PrintsThePagesThatTheCitySigned) {
  to_printing();
  const auto images = paper::images_of_pdf(document.reveal());
  ASSERT_TRUE(images) << images.error().cause;
  EXPECT_EQ(string_of(images->front()), "an encoded image of copy 0");
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
  EXPECT_EQ(session->chosen_persons(), (std::vector<bool>{true, true}));
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

TEST_F(ASession, CancelledWhilePayingGivesTheMoneyBack) {
  to_pay();
  happens(CoinInserted{100});
  press("cancel");
  EXPECT_EQ(outside.back(), "return money");
  happens(MoneyReturned{100U});
  ends_refused_with(Reason::cancelled);
  EXPECT_EQ(session->returned(), 100U);
  EXPECT_EQ(journal.back().ending, v1::ENDING_RETURNED);
  EXPECT_EQ(journal.back().money_returned, 100U);
  EXPECT_EQ(journal.back().money_taken, 0U);
  EXPECT_TRUE(journal.back().case_closed);
}

TEST_F(ASession, MoneyThatCannotBeGivenBackBecomesACase) {
  to_pay();
  happens(CoinInserted{100});
  press("cancel");
  happens(MoneyReturned{refuse(Reason::out_of_service, "the escrow is stuck")});
  EXPECT_EQ(journal.back().ending, v1::ENDING_UNKNOWN);
  EXPECT_EQ(journal.back().money_in_case, 100U);
  EXPECT_FALSE(journal.back().case_closed);
}

TEST_F(ASession, OncePaidForThePaperComes) {
  to_confirm();
  answer();
  press("cancel");
  EXPECT_EQ(outside.back(), "journal 2") << "the key does nothing any more";
  happens(JournalWritten{{}});
  EXPECT_EQ(outside.back(), "capture 200");
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

// Found by the simulator (seed 11): a card put there while the paper came lay there during the next application.
TEST_F(ASession, ACardPutBackDuringPrintingIsWaitedForBeforeAnotherCertificate) {
  to_printing();
  happens(CardOnReader{true});
  happens(Printed{PrintResult{1}});
  happens(JournalWritten{{}});
  press("another");
  EXPECT_EQ(session->screen(), Screen::card_off);
  happens(CardOnReader{false});
  EXPECT_EQ(session->screen(), Screen::kind);
}

TEST_F(ASession, ACardPutBackWhilePayingGivesTheMoneyBack) {
  to_pay();
  happens(CardOnReader{true});
  EXPECT_EQ(outside.back(), "return money");
  happens(MoneyReturned{0U});
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

TEST_F(ASession, ARefusedReleaseGivesTheMoneyBack) {
  to_confirm();
  city().refuse_next(Reason::cannot_be_issued);
  answer();
  EXPECT_EQ(outside.back(), "return money");
  happens(MoneyReturned{500U});
  ends_refused_with(Reason::cannot_be_issued);
  EXPECT_EQ(journal.back().ending, v1::ENDING_RETURNED);
}

TEST_F(ASession, AReleaseOlderThanAMinuteTakesNoMoney) {
  to_confirm();
  const auto release = city().answer(method, request, now);
  now = now + std::chrono::seconds{60};
  happens(CallAnswered{call, release});
  EXPECT_EQ(outside.back(), "return money");
  happens(MoneyReturned{500U});
  ends_refused_with(Reason::release_expired);
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

TEST_F(ASession, TimeWhilePayingGivesTheMoneyBack) {
  to_pay();
  happens(CoinInserted{100});
  happens(TimeIsUp{});
  EXPECT_EQ(outside.back(), "return money");
  happens(MoneyReturned{100U});
  ends_refused_with(Reason::timed_out);
}

TEST_F(ASession, TimeWhileConfirmingGivesTheMoneyBackAndALateReleaseTakesNone) {
  to_confirm();
  const auto release = city().answer(method, request, now);
  happens(TimeIsUp{});
  EXPECT_EQ(outside.back(), "return money");
  happens(CallAnswered{call, release});
  EXPECT_EQ(outside.back(), "return money");
}

TEST_F(ASession, PaperThatNobodyTookIsSaidAloudAndThenIsLostProperty) {
  to_take();
  happens(TimeIsUp{});
  EXPECT_EQ(session->screen(), Screen::take);
  EXPECT_TRUE(session->waits_long());
  EXPECT_EQ(journal.back().step, JournalStep::printed);
  happens(TimeIsUp{});
  EXPECT_EQ(journal.back().ending, v1::ENDING_ABANDONED);
  EXPECT_FALSE(journal.back().case_closed);
  EXPECT_EQ(session->screen(), Screen::ended);
  EXPECT_TRUE(session->erased());
}

// --- failures

TEST_F(ASession, AJournalThatCannotBeWrittenTakesNoMoney) {
  to_issue();
  answer();
  happens(JournalWritten{refuse(Reason::journal_unwritable, "the disk is full")});
  EXPECT_TRUE(std::ranges::find(outside, "enable acceptor") == outside.end());
  EXPECT_EQ(outside.back(), "return money");
}

TEST_F(ASession, AJournalThatFailsBeforeCaptureGivesTheMoneyBack) {
  to_confirm();
  answer();
  happens(JournalWritten{refuse(Reason::journal_unwritable, "the disk is full")});
  EXPECT_EQ(outside.back(), "return money");
  EXPECT_TRUE(std::ranges::find(outside, "capture 200") == outside.end());
}

TEST_F(ASession, AJournalThatFailsAfterCaptureNeitherPrintsNorKeepsSilent) {
  to_confirm();
  answer();
  happens(JournalWritten{{}});
  happens(MoneyCaptured{300U});
  happens(JournalWritten{refuse(Reason::journal_unwritable, "the disk is full")});
  EXPECT_TRUE(std::ranges::find(outside, "print 1") == outside.end());
  EXPECT_EQ(journal.back().ending, v1::ENDING_UNKNOWN);
  EXPECT_EQ(journal.back().money_in_case, 200U);
  ends_refused_with(Reason::print_unconfirmed);
  EXPECT_EQ(journal.back().refusal, "journal_unwritable");
}

TEST_F(ASession, AnEscrowThatCannotBeCapturedIsGivenBack) {
  to_confirm();
  answer();
  happens(JournalWritten{{}});
  happens(MoneyCaptured{refuse(Reason::payment_incomplete, "less than due")});
  EXPECT_EQ(outside.back(), "return money");
}

TEST_F(ASession, APrintThatFailedPutsTheFeeIntoACase) {
  to_printing();
  happens(Printed{std::unexpected(Printer::Failure{{Reason::printer_jammed, "jam"}, true, 0, true})});
  ends_refused_with(Reason::printer_jammed);
  EXPECT_EQ(journal.back().ending, v1::ENDING_UNKNOWN);
  EXPECT_EQ(journal.back().money_taken, 200U);
  EXPECT_EQ(journal.back().money_in_case, 200U);
  EXPECT_FALSE(journal.back().case_closed);
  EXPECT_FALSE(session->refusal_case().empty()) << "the citizen is told its number";
  EXPECT_TRUE(std::ranges::find(outside, "return money") == outside.end()) << "nobody gives it back by guess";
}

TEST_F(ASession, AfterPaymentNoScreenSaysThatNothingWasCharged) {
  for (const auto reason : all_reasons()) {
    session = another_session();
    to_printing();
    happens(Printed{std::unexpected(Printer::Failure{{reason, ""}, false, 0, false})});
    ASSERT_TRUE(session->refusal());
    EXPECT_EQ(sentence_of(session->refusal()->reason, "en").find("not been charged"), std::string_view::npos)
        << code_of(reason);
    EXPECT_EQ(journal.back().refusal, code_of(reason)) << "the journal keeps the reason itself";
  }
}

// --- another one

TEST_F(ASession, AnotherCertificateMayFollowUpToFive) {
  to_take();
  for (int more = 0; more < 4; ++more) {
    ASSERT_TRUE(session->may_apply_again());
    const auto before = session->chain().issuance();
    press("another");
    EXPECT_EQ(session->screen(), Screen::kind);
    happens(JournalWritten{{}});
    press("choose_kind", v1::KIND_RESIDENCE_CERTIFICATE);
    for (int i = 0; i < 3; ++i) press("next");
    press("agree");
    EXPECT_NE(session->chain().issuance(), before) << "an id of its own";
    answer();
    happens(JournalWritten{{}});
    happens(MoneyReady{{}});
    happens(CoinInserted{200});
    answer();
    happens(JournalWritten{{}});
    happens(MoneyCaptured{0U});
    happens(JournalWritten{{}});
    happens(Printed{PrintResult{1}});
    happens(JournalWritten{{}});
    EXPECT_EQ(session->screen(), Screen::take);
  }
  EXPECT_FALSE(session->may_apply_again());
}

}  // namespace
}  // namespace mado::kiosk
