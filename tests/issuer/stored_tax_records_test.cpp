// What the issuer is told when it asks its tax store for a record: in the window between two years, of a register that
// fell silent, of a year that is not whole.
#include "issuer/edge/stored_tax_records.hpp"

#include "tax_store_of_test.hpp"

namespace mado::issuer {
namespace {

using namespace std::chrono;

struct HandClock final : Clock {
  Instant now() override { return at; }
  Instant at = start_of_day_in_japan(2026y / October / 26);
};

struct StoredTaxRecordsTest : TaxStoreTest {
  void heard_of_at(Instant at) {
    auto pass = store_->resume(2026, at).value();
    ASSERT_TRUE(store_->keep(pass, tax_page({tax_record(1)}, true, 1)));
  }
  Outcome<HeldTaxRecord> find(int person, TaxWindow window = {}) {
    return StoredTaxRecords(open(), {window, hours{24}}, clock_).find(tax_person(person));
  }
  Reason refusal(int person, TaxWindow window = {}) {
    const auto found = find(person, window);
    return found ? Reason::internal : found.error().reason;
  }
  HandClock clock_;
  std::unique_ptr<TaxStore> store_ = open();
};

TEST_F(StoredTaxRecordsTest, AreFound) {
  heard_of_at(clock_.at);
  EXPECT_EQ(find(1)->reveal().resident(), tax_person(1));
  EXPECT_EQ(refusal(2), Reason::tax_record_not_found);
}

TEST_F(StoredTaxRecordsTest, AreUnavailableBeforeTheFirstLink) { EXPECT_EQ(refusal(1), Reason::register_unavailable); }

TEST_F(StoredTaxRecordsTest, AreBelievedForAsLongAsConfigured) {
  heard_of_at(clock_.at);
  clock_.at = clock_.at + hours{24};
  EXPECT_TRUE(find(1));
  clock_.at = clock_.at + milliseconds{1};
  EXPECT_EQ(refusal(1), Reason::register_unavailable);
  heard_of_at(clock_.at);
  EXPECT_TRUE(find(1)) << "until the register is heard of again";
}

TEST_F(StoredTaxRecordsTest, OfThePreviousYearAreRefusedFromTheNewYearsDayOn) {
  clock_.at = start_of_day_in_japan(2027y / June / 1) + milliseconds{-1};
  heard_of_at(clock_.at);
  EXPECT_TRUE(find(1));
  clock_.at = clock_.at + milliseconds{1};
  EXPECT_EQ(refusal(1), Reason::tax_year_changing);
  EXPECT_EQ(refusal(2), Reason::tax_year_changing) << "whoever asks";
}

TEST_F(StoredTaxRecordsTest, OrAreGivenUntilTheConfiguredDay) {
  const TaxWindow window{June / 1, June / 10};
  clock_.at = start_of_day_in_japan(2027y / June / 11) + milliseconds{-1};
  heard_of_at(clock_.at);
  EXPECT_TRUE(find(1, window));
  clock_.at = clock_.at + milliseconds{1};
  EXPECT_EQ(refusal(1, window), Reason::tax_year_changing);
}

TEST_F(StoredTaxRecordsTest, AreOfTheNewYearAsSoonAsItIsRolledOverTo) {
  clock_.at = start_of_day_in_japan(2027y / June / 1);
  heard_of_at(clock_.at);
  EXPECT_EQ(refusal(1), Reason::tax_year_changing);
  auto pass = store_->resume(2027, clock_.at).value();
  ASSERT_TRUE(store_->keep(pass, tax_page({tax_record(1, 2027)}, true, 2)));
  EXPECT_EQ(refusal(1), Reason::tax_year_changing) << "linked, and not yet rolled over to";
  ASSERT_TRUE(TaxRollOver(*store_).begin(2027, TaxYearNeed::linked));
  EXPECT_EQ(find(1)->reveal().fiscal_year(), 2027U) << "while the older year is still being erased";
}

TEST_F(StoredTaxRecordsTest, AreChangingWhileTheYearThatIsRolledOverToIsNotLinked) {
  heard_of_at(clock_.at);
  ASSERT_TRUE(TaxRollOver(*store_).begin(2027, TaxYearNeed::nothing));
  EXPECT_EQ(refusal(1), Reason::tax_year_changing);
  auto pass = store_->resume(2027, clock_.at).value();
  ASSERT_TRUE(store_->keep(pass, tax_page({}, true, 2)));
  EXPECT_EQ(refusal(1), Reason::tax_year_changing) << "a year without records is not linked";
}

}  // namespace
}  // namespace mado::issuer
