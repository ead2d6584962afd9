// The tax link from the issuer's side: which years it reads, where it goes on, and what a register may not tell it.
#include "issuer/edge/tax_linker.hpp"

#include "issuer/edge/tax_link.hpp"
#include "tax_store_of_test.hpp"

namespace mado::issuer {
namespace {

// A tax register in memory: pages of two, and questions that were asked.
struct PlayedRegister {
  std::map<std::string, v1::TaxRecord> records;  // by year and 宛名番号
  std::uint64_t position = 0;
  std::vector<std::string> asked;
  int answers = 1'000'000;                           // then the line is down
  std::function<void(v1::TaxYearPage&)> on_the_way;  // changes a page

  void put(const v1::TaxRecord& record) {
    auto& kept = records[std::to_string(record.fiscal_year()) + record.resident()];
    kept = record;
    kept.set_position(++position);
  }
  std::uint32_t newest() const { return records.empty() ? 0 : records.rbegin()->second.fiscal_year(); }

  Outcome<v1::TaxYearPage> read(const v1::TaxYearQuery& query) {
    asked.push_back(fmt::format("{} after {} changed {}", query.fiscal_year(), query.after(), query.changed_after()));
    if (answers-- <= 0) return refuse(Reason::register_unavailable, "the line is down");
    std::vector<v1::TaxRecord> found;
    for (const auto& [key, record] : records) {
      if (record.fiscal_year() == query.fiscal_year() && record.resident() > query.after() &&
          record.position() > query.changed_after() && found.size() < 3)
        found.push_back(record);
    }
    const bool last = found.size() < 3;
    if (!last) found.pop_back();
    auto page = tax_page(found, last, position, newest());
    if (on_the_way) on_the_way(page);
    return page;
  }
};

struct TaxLinks : TaxStoreTest {
  void SetUp() override {
    for (int person = 1; person <= 5; ++person) register_.put(tax_record(person));
  }
  Outcome<void> link(std::uint64_t most_records = 1000) {
    return TaxLinker(
               *store_, [this](const auto& query) { return register_.read(query); }, most_records)
        .link([] { return tax_now; }, {});
  }
  Reason refusal() {
    const auto linked = link();
    return linked ? Reason::internal : linked.error().reason;
  }
  PlayedRegister register_;
  std::unique_ptr<TaxStore> store_ = open();
};

TEST_F(TaxLinks, ReadTheNewestYearFirst) {
  ASSERT_TRUE(link());
  EXPECT_EQ(store_->years()->issued, 2026U);
  EXPECT_EQ(store_->years()->find(2026)->records, 5U);
  for (int person = 1; person <= 5; ++person) EXPECT_EQ(name_found(*store_, person), tax_record(person).name());
}

TEST_F(TaxLinks, ThenReadWhatHasChanged) {
  ASSERT_TRUE(link());
  auto corrected = tax_record(4);
  corrected.set_name("訂正後");
  register_.put(corrected);
  register_.asked.clear();
  ASSERT_TRUE(link());
  EXPECT_THAT(register_.asked, testing::ElementsAre("2026 after  changed 5"));
  EXPECT_EQ(name_found(*store_, 4), "訂正後");
}

TEST_F(TaxLinks, GoOnWhereTheLineBroke) {
  register_.answers = 2;
  EXPECT_EQ(refusal(), Reason::register_unavailable);
  EXPECT_EQ(store_->years()->issued, 0U);
  register_.answers = 100;
  register_.asked.clear();
  store_ = open();
  ASSERT_TRUE(link());
  EXPECT_EQ(register_.asked.back(), "2026 after " + tax_person(4) + " changed 0");
  EXPECT_EQ(store_->years()->find(2026)->records, 5U);
}

TEST_F(TaxLinks, ReadTheNextYearBesideTheOneThatIsIssuedFrom) {
  ASSERT_TRUE(link());
  register_.put(tax_record(1, 2027));
  auto corrected = tax_record(2);
  corrected.set_name("訂正後");
  register_.put(corrected);
  ASSERT_TRUE(link());
  EXPECT_EQ(store_->years()->issued, 2026U) << "until staff say otherwise";
  EXPECT_EQ(store_->years()->find(2027)->records, 1U);
  EXPECT_EQ(name_found(*store_, 2), "訂正後") << "and its changes still come";
}

TEST_F(TaxLinks, ReadNoYearThatIsYetToCome) {
  ASSERT_TRUE(link());
  register_.put(tax_record(1, 3026));
  ASSERT_TRUE(link()) << "the year that is issued from goes on";
  EXPECT_EQ(store_->years()->find(3026), nullptr);
}

TEST_F(TaxLinks, OfAnEmptyRegisterHoldNothing) {
  register_.records.clear();
  ASSERT_TRUE(link());
  EXPECT_TRUE(store_->years()->held.empty());
  EXPECT_FALSE(files().contains("tax.db.2026.key"));
}

TEST_F(TaxLinks, ReadEverythingAgainFromARestoredRegister) {
  ASSERT_TRUE(link());
  register_.position = 3;
  register_.records.erase("2026" + tax_person(5));
  EXPECT_EQ(refusal(), Reason::register_unavailable);
  register_.asked.clear();
  ASSERT_TRUE(link());
  EXPECT_EQ(register_.asked.front(), "2026 after  changed 0");
  EXPECT_EQ(name_found(*store_, 5), "");
  EXPECT_EQ(store_->years()->find(2026)->records, 4U);
}

TEST_F(TaxLinks, KeepNothingOfAMalformedPage) {
  register_.on_the_way = [](v1::TaxYearPage& page) {
    if (page.records_size() > 1) page.mutable_records()->SwapElements(0, 1);
  };
  EXPECT_EQ(refusal(), Reason::message_malformed);
  EXPECT_EQ(store_->years()->issued, 0U);
  register_.on_the_way = nullptr;
  ASSERT_TRUE(link());
  EXPECT_EQ(store_->years()->find(2026)->records, 5U);
}

TEST_F(TaxLinks, EndAtARegisterThatNeverEnds) {
  register_.on_the_way = [](v1::TaxYearPage& page) { page.set_last(false); };
  EXPECT_EQ(refusal(), Reason::message_malformed) << "an empty page that is not the last";
}

TEST_F(TaxLinks, KeepAtMostAsManyRecordsAsConfigured) {
  EXPECT_TRUE(link(5));
  store_.reset();
  for (const auto& [name, content] : files()) std::filesystem::remove(directory_ / name);
  store_ = open();
  EXPECT_EQ(link(4).error().reason, Reason::message_malformed);
  EXPECT_EQ(store_->years()->issued, 0U);
}

// The task links by itself, at once and again at its interval, and finishes what a crash left.
TEST_F(TaxLinks, RunAtTheirInterval) {
  std::mutex mutex;
  std::condition_variable asked;
  int answered = 0;
  operation::Metrics metrics;
  {
    const TaxLink task(
        {std::chrono::milliseconds{100}, std::chrono::milliseconds{100}, 1000}, open(),
        [&](const v1::TaxYearQuery& query) {
          const std::lock_guard lock(mutex);
          ++answered;
          asked.notify_all();
          return register_.read(query);
        },
        metrics);
    std::unique_lock lock(mutex);
    ASSERT_TRUE(asked.wait_for(lock, std::chrono::seconds{20}, [&] { return answered >= 7; }));
  }
  EXPECT_EQ(name_found(*store_, 3), tax_record(3).name());
  EXPECT_THAT(metrics.exposition(), testing::HasSubstr("madoguchi_issuer_tax_year 2026"));
  EXPECT_THAT(metrics.exposition(), testing::HasSubstr("madoguchi_issuer_tax_records{year=\"issued\"} 5"));
}

}  // namespace
}  // namespace mado::issuer
