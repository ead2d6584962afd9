// The issuer's own tax records: found by whom they are of, unreadable to who has the files, and whole or resumed after
// a crash.
#include "tax_store_of_test.hpp"

namespace mado::issuer {
namespace {

struct TaxStores : TaxStoreTest {};

TEST_F(TaxStores, GiveTheRecordOfAPerson) {
  const auto store = open();
  link(*store, 2026, 3);
  const auto answer = store->find(tax_person(2)).value();
  EXPECT_EQ(answer.year.year, 2026U);
  EXPECT_TRUE(answer.year.whole);
  EXPECT_EQ(answer.year.records, 3U);
  EXPECT_EQ(answer.year.heard_at, tax_now);
  ASSERT_TRUE(answer.record);
  EXPECT_EQ(wire::serialise(answer.record->reveal()), wire::serialise(tax_record(2)));
  EXPECT_FALSE(store->find(tax_person(9))->record) << "who has no record";
}

TEST_F(TaxStores, FindARecordWithTheSameWorkHoweverManyThereAre) {
  const auto store = open();
  const auto instructions_to_find = [&] {
    const auto before = store->database().instructions();
    EXPECT_TRUE(store->find(tax_person(2))->record);
    return store->database().instructions() - before;
  };
  link(*store, 2026, 4);
  const auto of_few = instructions_to_find();
  link(*store, 2026, 200);
  EXPECT_EQ(instructions_to_find(), of_few);
}

TEST_F(TaxStores, GiveNothingBeforeAYearIsWhole) {
  const auto store = open();
  EXPECT_EQ(store->find(tax_person(1))->year.year, 0U);
  auto pass = store->resume(2026, tax_now).value();
  ASSERT_TRUE(store->keep(pass, tax_page({tax_record(1)}, false, 1)));
  EXPECT_EQ(store->find(tax_person(1))->year.year, 0U);
  ASSERT_TRUE(store->keep(pass, tax_page({tax_record(2)}, true, 1)));
  EXPECT_EQ(name_found(*store, 1), tax_record(1).name());
}

TEST_F(TaxStores, DoNotIssueFromAYearWithoutRecords) {
  const auto store = open();
  link(*store, 2026, 0);
  EXPECT_EQ(store->years()->issued, 0U);
  EXPECT_TRUE(store->years()->find(2026)->whole);
}

TEST_F(TaxStores, KeepTheFirstYearUntilItIsChanged) {
  const auto store = open();
  link(*store, 2026, 2);
  link(*store, 2027, 2);
  EXPECT_EQ(name_found(*store, 1), tax_record(1, 2026).name());
  EXPECT_EQ(store->years()->held.size(), 2U);
}

TEST_F(TaxStores, ReplaceARecordThatHasChanged) {
  const auto store = open();
  link(*store, 2026, 3);
  auto pass = store->resume(2026, tax_now + std::chrono::hours{1}).value();
  EXPECT_EQ(pass.changed_after, 1U) << "the position of the last pass";
  auto corrected = tax_record(2, 2026, 5);
  corrected.set_name("訂正後");
  ASSERT_TRUE(store->keep(pass, tax_page({corrected}, true, 5)));
  EXPECT_EQ(name_found(*store, 2), "訂正後");
  EXPECT_EQ(name_found(*store, 1), tax_record(1).name());
  EXPECT_EQ(store->years()->find(2026)->records, 3U);
  EXPECT_EQ(store->years()->find(2026)->heard_at, tax_now + std::chrono::hours{1});
  EXPECT_EQ(store->resume(2026, tax_now)->changed_after, 5U);
}

TEST_F(TaxStores, TellNothingToWhoHasTheFiles) {
  const auto store = open();
  link(*store, 2026, 5);
  ASSERT_TRUE(store->find(tax_person(3)));
  auto pass = store->resume(2026, tax_now).value();
  ASSERT_TRUE(store->keep(pass, tax_page({tax_record(6, 2026, 2)}, false, 2))) << "and in the midst of a pass";
  ASSERT_GE(files().size(), 3U) << "database, log, key";
  for (int person = 1; person < 7; ++person) EXPECT_THAT(files_with(markers_of(person, 2026)), testing::IsEmpty());
}

TEST_F(TaxStores, TellNotHowLargeARecordIs) {
  const auto store = open();
  auto pass = store->resume(2026, tax_now).value();
  auto longer = tax_record(2);
  longer.add_persons()->set_item("special_disability");
  ASSERT_TRUE(store->keep(pass, tax_page({tax_record(1), longer}, true, 1)));
  std::vector<std::size_t> sizes;
  ASSERT_TRUE(store->database().query("SELECT body FROM record", {},
                                      [&](const store::Row& row) { sizes.push_back(row.blob(0).size()); }));
  EXPECT_EQ(sizes[0], sizes[1]);
}

TEST_F(TaxStores, GoOnWithAPassThatACrashBrokeOff) {
  const auto pages = [](TaxStore& store) {
    auto pass = store.resume(2026, tax_now).value();
    (void)store.keep(pass, tax_page({tax_record(1), tax_record(2)}, false, 7));
    (void)store.keep(pass, tax_page({tax_record(3)}, true, 9));
  };
  ASSERT_TRUE(is_killed_at("tax_page_kept.before#2", pages));
  const auto store = open();
  auto pass = store->resume(2026, tax_now + std::chrono::hours{1}).value();
  EXPECT_EQ(pass.after.reveal(), tax_person(2));
  EXPECT_EQ(pass.position, 7U) << "what changed meanwhile comes with the next pass";
  EXPECT_EQ(pass.begun_at, tax_now);
  ASSERT_TRUE(store->keep(pass, tax_page({tax_record(3)}, true, 9)));
  EXPECT_EQ(name_found(*store, 1), tax_record(1).name());
  EXPECT_EQ(store->years()->find(2026)->records, 3U);
  EXPECT_EQ(store->resume(2026, tax_now)->changed_after, 7U);
}

TEST_F(TaxStores, BeginAYearAgainThatACrashBrokeOff) {
  for (const auto* point : {"tax_store_opened.before", "tax_store_opened.after", "tax_key_kept.before",
                            "tax_key_kept.after", "tax_year_begun.before", "tax_year_begun.after"}) {
    ASSERT_TRUE(is_killed_at(point, [](TaxStore& store) { (void)store.resume(2026, tax_now); })) << point;
    const auto store = open();
    link(*store, 2026, 2);
    EXPECT_EQ(name_found(*store, 2), tax_record(2).name()) << point;
    store->keys().forget_before(9999);
    std::filesystem::remove(directory_ / "tax.db.2026.key");
    ASSERT_TRUE(store->database().write("tax_test_emptied"_point, "DELETE FROM year"));
  }
}

TEST_F(TaxStores, LetOneOfTwoProcessesGoOnWithAPass) {
  const auto one = open();
  const auto other = open();
  auto first = one->resume(2026, tax_now).value();
  auto second = other->resume(2026, tax_now).value();
  ASSERT_TRUE(one->keep(first, tax_page({tax_record(1)}, false, 1)));
  EXPECT_EQ(other->keep(second, tax_page({tax_record(1)}, false, 1)).error().reason, Reason::busy);
  second = other->resume(2026, tax_now).value();
  EXPECT_TRUE(other->keep(second, tax_page({tax_record(2)}, true, 1)));
  EXPECT_EQ(name_found(*one, 2), tax_record(2).name());
}

TEST_F(TaxStores, ForgetWhatARestoredRegisterHasNot) {
  const auto store = open();
  link(*store, 2026, 3);
  auto pass = store->resume(2026, tax_now).value();
  ASSERT_TRUE(store->begin_again(pass, tax_now));
  EXPECT_EQ(pass.changed_after, 0U);
  EXPECT_EQ(name_found(*store, 3), tax_record(3).name()) << "until the pass is at its end";
  ASSERT_TRUE(store->keep(pass, tax_page({tax_record(1), tax_record(2)}, true, 1)));
  EXPECT_EQ(name_found(*store, 2), tax_record(2).name());
  EXPECT_EQ(name_found(*store, 3), "");
  EXPECT_EQ(store->years()->find(2026)->records, 2U);
}

TEST_F(TaxStores, AreNotOpenedByAnotherWrappingKeyOrCity) {
  link(*open(), 2026, 1);
  const auto elsewhere = open("121002");
  const auto refused = elsewhere->find(tax_person(1)).error();
  EXPECT_EQ(refused.reason, Reason::configuration_invalid);
  EXPECT_THAT(refused.cause, testing::HasSubstr("\"tax.wrapping_key\""));
  wrapping_key_[0] ^= 1;
  EXPECT_EQ(open()->find(tax_person(1)).error().reason, Reason::configuration_invalid);
  EXPECT_EQ(open()->resume(2026, tax_now).error().reason, Reason::configuration_invalid) << "and nothing is begun anew";
}

TEST_F(TaxStores, NoticeARowThatWasPutInAnothersPlace) {
  const auto store = open();
  link(*store, 2026, 2);
  ASSERT_TRUE(store->database().write("tax_test_moved"_point,
                                      "UPDATE record SET body = (SELECT body FROM record ORDER BY name LIMIT 1)"));
  int refused = 0;
  for (int person = 1; person < 3; ++person) {
    const auto found = store->find(tax_person(person));
    refused += found ? 0 : 1;
    EXPECT_TRUE(found || found.error().reason == Reason::storage_failed);
  }
  EXPECT_EQ(refused, 1);
}

TEST_F(TaxStores, BeginAYearAnewWhoseKeyIsLost) {
  link(*open(), 2026, 2);
  std::filesystem::remove(directory_ / "tax.db.2026.key");
  const auto store = open();
  EXPECT_EQ(store->find(tax_person(1)).error().reason, Reason::storage_failed);
  auto pass = store->resume(2026, tax_now).value();
  EXPECT_EQ(pass.changed_after, 0U);
  EXPECT_FALSE(store->find(tax_person(1))->record);
  ASSERT_TRUE(store->keep(pass, tax_page({tax_record(1)}, true, 1)));
  EXPECT_EQ(name_found(*store, 1), tax_record(1).name());
}

TEST_F(TaxStores, OfARestoredBackupAreBegunAnewToo) {
  link(*open(), 2026, 2);
  std::filesystem::copy_file(directory_ / "tax.db", directory_ / "backup.db");
  {
    const auto store = open();
    std::filesystem::remove(directory_ / "tax.db.2026.key");
    ASSERT_TRUE(store->resume(2026, tax_now)) << "the year has another key now";
  }
  std::filesystem::copy_file(directory_ / "backup.db", directory_ / "tax.db",
                             std::filesystem::copy_options::overwrite_existing);
  const auto store = open();
  link(*store, 2026, 1);
  EXPECT_EQ(name_found(*store, 1), tax_record(1).name());
  EXPECT_EQ(name_found(*store, 2), "");
}

}  // namespace
}  // namespace mado::issuer
