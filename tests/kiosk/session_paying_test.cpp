// One citizen's session from the money to the paper, as a specification: in which order the outside world is touched,
// what is returned, and what becomes a case. docs/kiosk-screens.md; chain.md rules 4, 10, 11; invariants I9, I11, I12.
#include <algorithm>

#include "tests/kiosk/a_session.hpp"

namespace mado::kiosk {
namespace {

// --- the way

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
  EXPECT_EQ(images->front(), SmallCity::image_of_copy(0));
}

// Even what the city has signed goes to no printer unless it has the form of a page.
TEST_F(ASession, TakesNoMoneyForAnImageThatIsNoPage) {
  city().draw_next(bytes_of("GIF89a is another picture"));
  to_issue();
  answer();
  ends_refused_with(Reason::message_malformed);
  EXPECT_TRUE(std::ranges::find(outside, "enable acceptor") == outside.end());
}

// --- cancelling

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

// --- calls

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
