#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include "kiosk/edge/sqlite_journal.hpp"
#include "store/database.hpp"
#include "tests/outside/process.hpp"

namespace mado::kiosk {
namespace {

Id id_of(std::uint8_t number) {
  Id id;
  id.bits.fill(number);
  return id;
}

// Every field holds a value of its own, so that a swapped column shows.
JournalEntry entry_of(std::uint8_t number, JournalStep step) {
  JournalEntry entry;
  entry.issuance = id_of(number);
  entry.application_digest = Bytes(32, number);
  entry.city = "131041";
  entry.kind = "residence";
  entry.step = step;
  entry.fee = 200;
  entry.sheets = 4;
  entry.begun = Instant{1'000 + number};
  entry.acceptor_captured_before = 11;
  entry.acceptor_returned_before = 12;
  entry.printer_impressions_before = 13;
  entry.printer_counts = true;
  entry.sheets_printed = 3;
  entry.money_taken = 200;
  entry.money_returned = 14;
  entry.money_in_case = 15;
  entry.ending = 2;
  entry.refusal = "printer_jammed";
  entry.settled = Instant{2'000 + number};
  entry.receipt = Bytes{1, 2, 3};
  return entry;
}

class JournalTest : public testing::Test {
 protected:
  std::unique_ptr<Journal> open() { return open_journal(file_).value(); }

  outside::TemporaryDirectory directory_;
  std::string file_ = directory_ / "journal";
};

TEST_F(JournalTest, KeepsEveryFieldOverARestart) {
  const auto written = entry_of(7, JournalStep::submitted);
  ASSERT_TRUE(open()->record(written));
  const auto rows = open()->unsettled().value();
  ASSERT_EQ(rows.size(), 1U);
  const auto& read = rows.front();
  EXPECT_EQ(read.issuance, written.issuance);
  EXPECT_EQ(read.application_digest, written.application_digest);
  EXPECT_EQ(read.city, written.city);
  EXPECT_EQ(read.kind, written.kind);
  EXPECT_EQ(read.step, written.step);
  EXPECT_EQ(read.fee, written.fee);
  EXPECT_EQ(read.sheets, written.sheets);
  EXPECT_EQ(read.begun, written.begun);
  EXPECT_EQ(read.acceptor_captured_before, written.acceptor_captured_before);
  EXPECT_EQ(read.acceptor_returned_before, written.acceptor_returned_before);
  EXPECT_EQ(read.printer_impressions_before, written.printer_impressions_before);
  EXPECT_EQ(read.printer_counts, written.printer_counts);
  EXPECT_EQ(read.sheets_printed, written.sheets_printed);
  EXPECT_EQ(read.money_taken, written.money_taken);
  EXPECT_EQ(read.money_returned, written.money_returned);
  EXPECT_EQ(read.money_in_case, written.money_in_case);
  EXPECT_EQ(read.ending, written.ending);
  EXPECT_EQ(read.refusal, written.refusal);
  EXPECT_EQ(read.settled, written.settled);
  EXPECT_EQ(read.receipt, written.receipt);
  EXPECT_EQ(read.center_has_it, written.center_has_it);
  EXPECT_EQ(read.city_has_it, written.city_has_it);
  EXPECT_EQ(read.case_closed, written.case_closed);
}

TEST_F(JournalTest, AStepNeverGoesBack) {
  auto journal = open();
  for (const auto step : {JournalStep::accepting, JournalStep::paid, JournalStep::submitted, JournalStep::printed}) {
    ASSERT_TRUE(journal->record(entry_of(1, step)));
  }
  EXPECT_EQ(journal->record(entry_of(1, JournalStep::paid)).error().reason, Reason::journal_unwritable);
  EXPECT_EQ(journal->unsettled()->front().step, JournalStep::printed);
  ASSERT_TRUE(journal->record(entry_of(1, JournalStep::settled)));
  EXPECT_TRUE(journal->unsettled()->empty());
}

TEST_F(JournalTest, ReportsSettledRowsUntilBothHaveTheReceipt) {
  auto journal = open();
  for (const auto number : std::initializer_list<std::uint8_t>{3, 1, 2})
    ASSERT_TRUE(journal->record(entry_of(number, JournalStep::settled)));
  ASSERT_TRUE(journal->record(entry_of(4, JournalStep::printed)));
  ASSERT_EQ(journal->unreported(2)->size(), 2U) << "at most as many as asked for";
  EXPECT_EQ(journal->unreported(9)->front().issuance, id_of(1)) << "the oldest first";
  auto entry = entry_of(1, JournalStep::settled);
  entry.center_has_it = true;
  ASSERT_TRUE(journal->record(entry));
  EXPECT_EQ(journal->unreported(9)->size(), 3U) << "one of the two is not enough";
  entry.city_has_it = true;
  ASSERT_TRUE(journal->record(entry));
  EXPECT_EQ(journal->unreported(9)->size(), 2U);
}

TEST_F(JournalTest, ACaseStaysOpenUntilStaffCloseIt) {
  auto entry = entry_of(5, JournalStep::settled);
  entry.case_closed = false;
  ASSERT_TRUE(open()->record(entry));
  EXPECT_EQ(open()->open_cases()->size(), 1U);
  EXPECT_EQ(close_case(file_, id_of(6)).error().reason, Reason::input_invalid);
  EXPECT_TRUE(close_case(file_, id_of(5)));
  EXPECT_TRUE(open()->open_cases()->empty());
  EXPECT_EQ(close_case(file_, id_of(5)).error().reason, Reason::input_invalid) << "only once";
}

TEST_F(JournalTest, SumsWhatTheMachinesMustHaveCounted) {
  auto journal = open();
  EXPECT_EQ(journal->totals()->money_taken, 0U);
  ASSERT_TRUE(journal->record(entry_of(1, JournalStep::settled)));
  ASSERT_TRUE(journal->record(entry_of(2, JournalStep::printed)));
  const auto totals = journal->totals().value();
  EXPECT_EQ(totals.money_taken, 400U);
  EXPECT_EQ(totals.sheets_printed, 6U);
}

TEST_F(JournalTest, AnAdjustmentIsAddedToWhatTheMachinesMustHaveCountedAndSaysWhy) {
  auto journal = open();
  ASSERT_TRUE(journal->record(entry_of(1, JournalStep::settled)));
  const auto before = journal->totals().value();
  EXPECT_EQ(journal->adjust({5, 5, {}, ""}).error().reason, Reason::input_invalid);
  EXPECT_EQ(journal->adjust({5, 5, {}, std::string(201, 'x')}).error().reason, Reason::input_invalid);
  ASSERT_TRUE(journal->adjust({-100, 2, {}, "two test pages; the box was emptied"}));
  EXPECT_EQ(journal->totals()->money_taken, before.money_taken - 100);
  EXPECT_EQ(journal->totals()->sheets_printed, before.sheets_printed + 2);
}

TEST_F(JournalTest, AnAcknowledgementChangesNothingElse) {
  auto journal = open();
  auto entry = entry_of(5, JournalStep::settled);
  entry.case_closed = false;
  ASSERT_TRUE(journal->record(entry));
  ASSERT_TRUE(close_case(file_, id_of(5)));
  ASSERT_TRUE(journal->acknowledge(id_of(5), true, true));
  EXPECT_TRUE(journal->unreported(9)->empty());
  EXPECT_TRUE(journal->open_cases()->empty()) << "a case that staff closed meanwhile stays closed";
}

// No file of this process may grow beyond `bytes`: what a full disk looks like to SQLite.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) : handler_(::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit full{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &full);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_{};
  void (*handler_)(int);
};

TEST_F(JournalTest, AFullDiskIsRefusedAndLeavesTheRowsBeforeIt) {
  auto journal = open();
  ASSERT_TRUE(journal->record(entry_of(1, JournalStep::paid)));
  {
    const FullDisk full(1024);
    EXPECT_EQ(journal->record(entry_of(2, JournalStep::accepting)).error().reason, Reason::journal_unwritable);
  }
  EXPECT_EQ(journal->unsettled()->size(), 1U);
  EXPECT_TRUE(journal->record(entry_of(2, JournalStep::accepting))) << "once there is room again";
  EXPECT_EQ(open()->unsettled()->size(), 2U);
}

TEST_F(JournalTest, WhatIsNoJournalIsRefused) {
  outside::write_file(file_, std::string(4096, 'x'));
  EXPECT_EQ(open_journal(file_).error().reason, Reason::journal_unwritable);
  EXPECT_EQ(open_journal("/nonexistent/journal").error().reason, Reason::journal_unwritable);
}

TEST_F(JournalTest, ALineThatADiskHasDamagedIsNotBelieved) {
  for (const auto* damage : {"step = 0", "money_taken = -1", "money_in_case = 4294967296", "ending = 9",
                             "issuance = x'00'", "acceptor_captured_before = -5"}) {
    const outside::TemporaryDirectory directory;
    const auto file = directory / "journal";
    ASSERT_TRUE(open_journal(file).value()->record(entry_of(7, JournalStep::submitted)));
    auto database = store::Database::open("test"_point, file, "").value();
    ASSERT_TRUE(database->write("test"_point, std::string("UPDATE journal SET ") + damage)) << damage;
    const auto rows = open_journal(file).value()->unsettled();
    ASSERT_FALSE(rows) << damage;
    EXPECT_EQ(rows.error().reason, Reason::journal_unwritable);
  }
}

}  // namespace
}  // namespace mado::kiosk
