// After a crash: what the journal left open, compared with the machines' counters. Nothing is guessed: what is not
// certain is a case. Chain rule 11; promise P2.
#include <gtest/gtest.h>

#include "kiosk/core/recovery.hpp"
#include "madoguchi/v1/statements.pb.h"

namespace mado::kiosk {
namespace {
namespace v1 = ::madoguchi::v1;

constexpr std::uint32_t fee = 200;
constexpr std::uint32_t sheets = 2;
constexpr std::uint64_t captured_before = 5'000;
constexpr std::uint64_t returned_before = 700;
constexpr std::uint64_t impressions_before = 90;

struct Row {
  const char* name;
  JournalStep step;
  // What moved since the row was begun.
  std::uint64_t captured, returned, impressions;
  bool printer_counts;
  // What must be said.
  v1::Ending ending;
  bool case_closed;
  std::uint32_t in_case, taken, money_returned, printed;
  const char* refusal;
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

struct SettleAfterRestart : ::testing::TestWithParam<Row> {};

TEST_P(SettleAfterRestart, SaysWhatBecameOfIt) {
  const auto& row = GetParam();
  JournalEntry open;
  open.step = row.step;
  open.fee = fee;
  open.sheets = sheets;
  open.acceptor_captured_before = captured_before;
  open.acceptor_returned_before = returned_before;
  open.printer_impressions_before = impressions_before;
  open.printer_counts = row.printer_counts;
  MachineFacts facts;
  facts.acceptor.captured = captured_before + row.captured;
  facts.acceptor.returned = returned_before + row.returned;
  facts.printer.impressions = impressions_before + row.impressions;
  facts.printer.counts = row.printer_counts;
  const auto settled = settle_after_restart(open, facts, Instant{42});
  EXPECT_EQ(settled.step, JournalStep::settled);
  EXPECT_EQ(settled.settled, Instant{42});
  EXPECT_EQ(settled.ending, row.ending);
  EXPECT_EQ(settled.case_closed, row.case_closed);
  EXPECT_EQ(settled.money_in_case, row.in_case);
  EXPECT_EQ(settled.money_taken, row.taken);
  EXPECT_EQ(settled.money_returned, row.money_returned);
  EXPECT_EQ(settled.sheets_printed, row.printed);
  EXPECT_EQ(settled.refusal, row.refusal);
}

INSTANTIATE_TEST_SUITE_P(Rows, SettleAfterRestart,
                         ::testing::Values(Row{"AcceptingNothingInserted", JournalStep::accepting, 0, 0, 0, true,
                                               v1::ENDING_RETURNED, true, 0, 0, 0, 0, "out_of_service"},
                                           Row{"AcceptingEscrowGivenBack", JournalStep::accepting, 0, 150, 0, true,
                                               v1::ENDING_RETURNED, true, 0, 0, 150, 0, "out_of_service"},
                                           Row{"AcceptingYetCaptured", JournalStep::accepting, 200, 0, 0, true,
                                               v1::ENDING_UNKNOWN, false, 200, 200, 0, 0, "print_unconfirmed"},
                                           Row{"PaidNotCaptured", JournalStep::paid, 0, 500, 0, true,
                                               v1::ENDING_RETURNED, true, 0, 0, 500, 0, "out_of_service"},
                                           Row{"PaidAndCaptured", JournalStep::paid, 200, 0, 0, true,
                                               v1::ENDING_UNKNOWN, false, 200, 200, 0, 0, "print_unconfirmed"},
                                           Row{"SubmittedNothingPrinted", JournalStep::submitted, 200, 0, 0, true,
                                               v1::ENDING_UNKNOWN, false, 200, 200, 0, 0, "print_unconfirmed"},
                                           Row{"SubmittedHalfPrinted", JournalStep::submitted, 200, 0, 1, true,
                                               v1::ENDING_UNKNOWN, false, 200, 200, 0, 1, "print_unconfirmed"},
                                           Row{"SubmittedAllCounted", JournalStep::submitted, 200, 0, 2, true,
                                               v1::ENDING_UNKNOWN, false, 200, 200, 0, 2, "print_unconfirmed"},
                                           Row{"SubmittedMoreCountedThanAsked", JournalStep::submitted, 200, 0, 7, true,
                                               v1::ENDING_UNKNOWN, false, 200, 200, 0, 2, "print_unconfirmed"},
                                           Row{"SubmittedPrinterDoesNotCount", JournalStep::submitted, 200, 0, 2, false,
                                               v1::ENDING_UNKNOWN, false, 200, 200, 0, 0, "print_unconfirmed"},
                                           Row{"PrintedNotKnownWhetherTaken", JournalStep::printed, 200, 0, 2, true,
                                               v1::ENDING_ABANDONED, false, 0, 200, 0, 2, ""},
                                           Row{"PrintedAnotherAmountCaptured", JournalStep::printed, 300, 0, 2, true,
                                               v1::ENDING_UNKNOWN, false, 300, 300, 0, 2, "print_unconfirmed"}),
                         [](const auto& row) { return row.param.name; });

TEST(SettleAfterRestartOfAReplacedMachine, ACounterThatFellBelowTheJournalMovedNothing) {
  JournalEntry open;
  open.step = JournalStep::paid;
  open.fee = fee;
  open.acceptor_captured_before = captured_before;
  const auto settled = settle_after_restart(open, MachineFacts{}, Instant{});
  EXPECT_EQ(settled.money_taken, 0U);
  EXPECT_EQ(settled.ending, v1::ENDING_RETURNED);
}

struct CheckIdle : ::testing::Test {
  IdleFacts facts;

  void SetUp() override {
    facts.machines.printer.ready = true;
    facts.machines.printer.counts = true;
    facts.machines.printer.impressions = facts.expected_impressions = 90;
    facts.machines.acceptor.captured = facts.expected_captured = 5'000;
  }
};

TEST_F(CheckIdle, LetsASessionBeginWhenEverythingIsEmptyAndCounted) { EXPECT_TRUE(check_idle(facts)); }

TEST_F(CheckIdle, MunakataJobLeftInThePrinterKeepsTheKioskClosed) {
  facts.machines.printer.queued_jobs = 1;
  EXPECT_EQ(check_idle(facts).error().reason, Reason::out_of_service);
}

TEST_F(CheckIdle, GivesThePrintersOwnReason) {
  facts.machines.printer.ready = false;
  facts.machines.printer.reason = Reason::printer_out_of_paper;
  EXPECT_EQ(check_idle(facts).error().reason, Reason::printer_out_of_paper);
}

TEST_F(CheckIdle, WantsThePrintersCountToBeTheJournals) {
  facts.machines.printer.impressions += 1;
  EXPECT_EQ(check_idle(facts).error().reason, Reason::out_of_service);
  facts.machines.printer.counts = false;
  EXPECT_TRUE(check_idle(facts)) << "a printer without a counter cannot be asked";
}

TEST_F(CheckIdle, WantsNoCoinsInEscrowAndTheBoxCountedAsInTheJournal) {
  facts.machines.acceptor.escrow = 100;
  EXPECT_EQ(check_idle(facts).error().reason, Reason::out_of_service);
  facts.machines.acceptor.escrow = 0;
  facts.machines.acceptor.captured -= 1;
  EXPECT_EQ(check_idle(facts).error().reason, Reason::out_of_service);
}

TEST_F(CheckIdle, WantsNoCardOnTheReader) {
  facts.card_on_reader = true;
  EXPECT_EQ(check_idle(facts).error().reason, Reason::card_left_on_reader);
}

}  // namespace
}  // namespace mado::kiosk
