// What a restarted kiosk does first: the printer's last count is waited for, and only then is said what became of a
// row.
#include "kiosk/core/before_session.hpp"

#include <gtest/gtest.h>

#include "madoguchi/v1/statements.pb.h"
#include "small_city.hpp"

namespace mado::kiosk {
namespace {

struct OneRow final : Journal {
  JournalEntry entry;
  Outcome<void> record(const JournalEntry& written) override {
    entry = written;
    return {};
  }
  Outcome<std::vector<JournalEntry>> unsettled() override {
    return entry.step == JournalStep::settled ? std::vector<JournalEntry>{} : std::vector{entry};
  }
  Outcome<std::vector<JournalEntry>> unreported(std::size_t) override { return std::vector<JournalEntry>{}; }
  Outcome<void> acknowledge(const Id&, bool, bool) override { return {}; }
  Outcome<std::vector<JournalEntry>> open_cases() override { return std::vector<JournalEntry>{}; }
  Outcome<Totals> totals() override { return Totals{}; }
  Outcome<void> adjust(const Adjustment&) override { return {}; }
};

struct CoinBox final : Acceptor {
  AcceptorCounters held;
  Outcome<void> enable(std::function<void(std::uint32_t)>) override { return {}; }
  Outcome<void> disable() override { return {}; }
  Outcome<std::uint32_t> capture(std::uint32_t) override { return 0U; }
  Outcome<std::uint32_t> give_back() override {
    held.returned += held.escrow;
    return std::exchange(held.escrow, 0);
  }
  Outcome<AcceptorCounters> counters() override { return held; }
};

struct PrinterAtWork final : Printer {
  PrinterStatus now{.ready = true, .queued_jobs = 0, .impressions = 0, .counts = true, .cause = {}};
  Outcome<PrinterStatus> status() override { return now; }
  std::expected<PrintResult, Failure> print(const Id&, ByteView, std::uint32_t,
                                            const std::function<void(PrintProgress)>&) override {
    return PrintResult{};
  }
};

struct AfterACrash : testing::Test {
  AfterACrash() {
    journal_.entry.issuance = city_.crypto->random_id();
    journal_.entry.application_digest = Bytes(32, 7);
    journal_.entry.city = SmallCity::code;
    journal_.entry.fee = SmallCity::fee;
    journal_.entry.sheets = 2;
    journal_.entry.printer_counts = true;
    journal_.entry.begun = now_;
  }
  auto settle() {
    return settle_open_rows({journal_, box_, printer_}, {*city_.crypto, *city_.device_key, "K000001"}, now_);
  }
  Instant now_{1'800'000'000'000};
  SmallCity city_;
  OneRow journal_;
  CoinBox box_;
  PrinterAtWork printer_;
};

TEST_F(AfterACrash, APrinterThatStillHasTheJobIsWaitedFor) {
  journal_.entry.step = JournalStep::submitted;
  box_.held.captured = SmallCity::fee;
  printer_.now.queued_jobs = 1;
  printer_.now.impressions = 1;
  const auto waits = settle();
  ASSERT_FALSE(waits);
  EXPECT_EQ(waits.error().reason, Reason::out_of_service);
  EXPECT_EQ(journal_.entry.step, JournalStep::submitted);
  printer_.now.queued_jobs = 0;
  printer_.now.impressions = 2;
  ASSERT_TRUE(settle());
  EXPECT_EQ(journal_.entry.sheets_printed, 2U);
  EXPECT_EQ(journal_.entry.ending, v1::ENDING_UNKNOWN);
  EXPECT_EQ(journal_.entry.money_in_case, SmallCity::fee);
}

TEST_F(AfterACrash, AJobThatIsStuckBecomesACaseAfterAQuarterOfAnHour) {
  journal_.entry.step = JournalStep::submitted;
  box_.held.captured = SmallCity::fee;
  printer_.now.queued_jobs = 1;
  now_ = now_ + (std::chrono::minutes{15} - std::chrono::milliseconds{1});
  EXPECT_FALSE(settle());
  now_ = now_ + std::chrono::milliseconds{1};
  ASSERT_TRUE(settle());
  EXPECT_EQ(journal_.entry.ending, v1::ENDING_UNKNOWN);
}

TEST_F(AfterACrash, AClockThatWasSetBackMakesNobodyWait) {
  journal_.entry.step = JournalStep::submitted;
  printer_.now.queued_jobs = 1;
  now_ = now_ + -std::chrono::milliseconds{1};
  EXPECT_TRUE(settle());
}

TEST_F(AfterACrash, SomebodyElsesJobKeepsNobodysCoins) {
  journal_.entry.step = JournalStep::paid;
  box_.held.escrow = 500;
  printer_.now.queued_jobs = 1;
  ASSERT_TRUE(settle());
  EXPECT_EQ(journal_.entry.ending, v1::ENDING_RETURNED);
  EXPECT_EQ(journal_.entry.money_returned, 500U);
  EXPECT_EQ(box_.held.escrow, 0U);
}

}  // namespace
}  // namespace mado::kiosk
