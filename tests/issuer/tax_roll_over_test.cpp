// The yearly roll-over: what is older is gone, from the files as they lie on the disk, also after a crash in any of its
// steps.
#include "issuer/edge/tax_roll_over.hpp"

#include "tax_store_of_test.hpp"

namespace mado::issuer {
namespace {

struct TaxRollOvers : TaxStoreTest {
  // Two years, of which 2026 is issued from, with a log that was written to; and what tells of the older one.
  void SetUp() override {
    link(*open(), 2026, people);
    link(*open(), 2027, people);
    for (int person = 1; person <= people; ++person) {
      for (auto& marker : markers_of(person, 2026)) older_.push_back(marker);
    }
    for (auto& marker : markers_of_rows(2026)) older_.push_back(marker);
    for (auto& marker : markers_of_key(2026)) older_.push_back(marker);
    newer_ = markers_of_rows(2027);
  }
  static void roll_over(TaxStore& store) {
    ASSERT_TRUE(TaxRollOver(store).begin(2027, TaxYearNeed::linked));
    ASSERT_TRUE(TaxRollOver(store).finish());
  }
  void expect_only_the_new_year() {
    EXPECT_THAT(files_with(older_), testing::IsEmpty());
    EXPECT_FALSE(files().contains("tax.db.2026.key"));
    EXPECT_THAT(files_with({newer_.front()}), testing::ElementsAre("tax.db")) << "the search finds what is there";
    const auto store = open();
    const auto years = store->years().value();
    EXPECT_EQ(years.issued, 2027U);
    EXPECT_EQ(years.find(2026), nullptr);
    EXPECT_FALSE(years.roll_over_under_way);
    for (int person = 1; person <= people; ++person)
      EXPECT_EQ(name_found(*store, person), tax_record(person, 2027).name());
  }
  static constexpr int people = 40;
  std::vector<std::string> older_;
  std::vector<std::string> newer_;
};

TEST_F(TaxRollOvers, BeginWithBothYearsOnTheDisk) {
  EXPECT_THAT(files_with(older_), testing::IsSupersetOf({"tax.db", "tax.db.2026.key"}));
}

TEST_F(TaxRollOvers, EraseTheOlderYearFromEveryFile) {
  roll_over(*open());
  expect_only_the_new_year();
}

TEST_F(TaxRollOvers, EraseItWhileAnotherProcessHasTheStoreOpen) {
  const auto issuer = open();
  EXPECT_EQ(name_found(*issuer, 1), tax_record(1, 2026).name());
  const auto command = open();
  roll_over(*command);
  EXPECT_THAT(files_with(older_), testing::IsEmpty()) << "with the log still there";
  EXPECT_EQ(name_found(*issuer, 1), tax_record(1, 2027).name()) << "and the issuer goes on with the new year";
}

TEST_F(TaxRollOvers, LeaveNothingOfRecordsThatWereCorrectedBefore) {
  {
    const auto store = open();
    auto pass = store->resume(2026, tax_now).value();
    ASSERT_TRUE(store->keep(pass, tax_page({tax_record(1, 2026, 2), tax_record(2, 2026, 2)}, true, 2)));
  }
  for (auto& marker : markers_of_rows(2026)) older_.push_back(marker);
  roll_over(*open());
  expect_only_the_new_year();
}

class TaxRollOverCrashes : public TaxRollOvers, public testing::WithParamInterface<const char*> {};

TEST_P(TaxRollOverCrashes, AreFinishedByWhoeverOpensTheStoreNext) {
  for (const std::string moment : {".before", ".after"}) {
    SCOPED_TRACE(GetParam() + moment);
    ASSERT_TRUE(is_killed_at(GetParam() + moment, roll_over));
    const bool begun = open()->years()->issued == 2027;
    EXPECT_EQ(begun, GetParam() + moment != std::string("tax_roll_over_begun.before"));
    begun ? (void)TaxRollOver(*open()).finish() : roll_over(*open());
    expect_only_the_new_year();
    // From there the next round begins: the older year is linked anew, as a restored store would have it.
    ASSERT_TRUE(open()->database().write("tax_test_restored"_point, "UPDATE issued SET year = 2026"));
    SetUp();
  }
}
INSTANTIATE_TEST_SUITE_P(AtEachStep, TaxRollOverCrashes,
                         testing::Values("tax_roll_over_begun", "tax_key_overwritten", "tax_key_removed",
                                         "tax_rows_erased", "tax_years_erased", "tax_store_rebuilt", "tax_log_emptied",
                                         "tax_roll_over_ended"),
                         [](const auto& point) { return std::string(point.param); });

TEST_F(TaxRollOvers, EraseTheKeyFirst) {
  ASSERT_TRUE(is_killed_at("tax_rows_erased.before", roll_over));
  EXPECT_FALSE(files().contains("tax.db.2026.key"));
  EXPECT_THAT(files_with(markers_of_rows(2026)), testing::Contains("tax.db")) << "rows that nobody can read any more";
}

TEST_F(TaxRollOvers, DoNotGoBack) {
  const auto store = open();
  roll_over(*store);
  EXPECT_EQ(TaxRollOver(*store).begin(2026, TaxYearNeed::linked).error().reason, Reason::input_invalid);
  EXPECT_EQ(TaxRollOver(*store).begin(2026, TaxYearNeed::nothing).error().reason, Reason::input_invalid);
  EXPECT_EQ(store->resume(2026, tax_now).error().reason, Reason::input_invalid) << "nor does the link";
  EXPECT_FALSE(files().contains("tax.db.2026.key"));
}

TEST_F(TaxRollOvers, MayBeToldTwice) {
  const auto store = open();
  roll_over(*store);
  roll_over(*store);
  EXPECT_TRUE(TaxRollOver(*store).finish()) << "and there is nothing left to do";
  expect_only_the_new_year();
}

TEST_F(TaxRollOvers, WantTheYearLinkedWhole) {
  const auto store = open();
  EXPECT_EQ(TaxRollOver(*store).begin(2028, TaxYearNeed::linked).error().reason, Reason::input_invalid);
  auto pass = store->resume(2028, tax_now).value();
  ASSERT_TRUE(store->keep(pass, tax_page({tax_record(1, 2028)}, false, 1)));
  EXPECT_EQ(TaxRollOver(*store).begin(2028, TaxYearNeed::linked).error().reason, Reason::input_invalid);
  EXPECT_EQ(store->years()->issued, 2026U) << "nothing has changed";
  EXPECT_FALSE(store->years()->roll_over_under_way);
}

TEST_F(TaxRollOvers, MayEraseBeforeTheNewYearIsLinked) {
  const auto store = open();
  ASSERT_TRUE(TaxRollOver(*store).begin(2028, TaxYearNeed::nothing));
  ASSERT_TRUE(TaxRollOver(*store).finish());
  EXPECT_THAT(files_with(older_), testing::IsEmpty());
  EXPECT_THAT(files_with(newer_), testing::IsEmpty());
  EXPECT_FALSE(store->find(tax_person(1))->record);
  link(*store, 2028, 1);
  EXPECT_EQ(name_found(*store, 1), tax_record(1, 2028).name());
}

TEST_F(TaxRollOvers, KeepNoPageOfAnOlderYearThatIsStillOnItsWay) {
  const auto linking = open();
  auto pass = linking->resume(2026, tax_now).value();
  const auto command = open();
  ASSERT_TRUE(TaxRollOver(*command).begin(2027, TaxYearNeed::linked));
  EXPECT_EQ(linking->keep(pass, tax_page({tax_record(1, 2026, 2)}, true, 2)).error().reason, Reason::busy);
  ASSERT_TRUE(TaxRollOver(*command).finish());
  EXPECT_THAT(files_with(older_), testing::IsEmpty());
}

TEST_F(TaxRollOvers, SayThatTheLogIsStillReadFrom) {
  const auto reader = open();
  const auto command = open();
  ASSERT_TRUE(TaxRollOver(*command).begin(2027, TaxYearNeed::linked));
  ASSERT_TRUE(reader->database().snapshot([&]() -> Outcome<void> {
    MADO_CHECK(reader->database().query("SELECT count(*) FROM record", {}, [](const store::Row&) {}));
    EXPECT_EQ(TaxRollOver(*command).finish().error().reason, Reason::storage_failed);
    return {};
  }));
  EXPECT_TRUE(command->years()->roll_over_under_way);
  ASSERT_TRUE(TaxRollOver(*command).finish());
  EXPECT_THAT(files_with(older_), testing::IsEmpty());
}

}  // namespace
}  // namespace mado::issuer
