// The tax register, over both kinds of database: the yearly link, reconciliation, and deletion in one sweep.
#include <gmock/gmock.h>

#include "registers_of_test.hpp"
#include "registry/edge/tables.hpp"
#include "registry/edge/tax_register.hpp"
#include "tests/registry/long_tax_record.hpp"

namespace mado::registry {
namespace {

struct TaxRegisterTest : RegistersTest {
  v1::TaxYearPage page(std::uint32_t year, const std::string& after = {}, std::uint64_t changed_after = 0) {
    v1::TaxYearQuery query;
    query.set_fiscal_year(year);
    query.set_after(after);
    query.set_changed_after(changed_after);
    return tax_.read_year(query).value();
  }
  static v1::Addressee addressee(int sequence, v1::AddresseeStanding standing,
                                 const std::string& individual_number = {}) {
    v1::Addressee addressee;
    addressee.set_number(number(sequence));
    addressee.set_standing(standing);
    addressee.set_name("佐藤　一郎");
    addressee.set_address("大阪府吹田市泉町一丁目３番４０号");
    addressee.set_individual_number(individual_number);
    return addressee;
  }
  static v1::TaxDeclaration declaration(int sequence, std::uint32_t year) {
    v1::TaxDeclaration declaration;
    declaration.set_number(std::to_string(year) + "-" + number(sequence));
    declaration.set_fiscal_year(year);
    declaration.set_resident(number(sequence));
    declaration.set_received(std::to_string(year) + "-03-15");
    declaration.set_form("municipal_declaration/" + std::to_string(year));
    declaration.set_content("as it was received");
    return declaration;
  }
  std::int64_t count(const std::string& sql) {
    std::int64_t found = -1;
    const std::lock_guard lock(registers_->database().mutex());
    EXPECT_TRUE(registers_->database().query(sql, {}, [&](const store::Row& row) { found = row.integer(0); }));
    return found;
  }
  TaxRegister tax_{*registers_};
};

TEST_F(TaxRegisterTest, TheLinkGivesAYearInPages) {
  std::vector<std::string> people;
  for (std::uint64_t sequence = 1; people.size() < 501; ++sequence) {
    if (const auto found = register_number(sequence)) people.push_back(*found);
  }
  ASSERT_TRUE(change([&](Change& c) -> Outcome<void> {
    for (const auto& person : people) {
      auto record = tax_record(0);
      record.set_resident(person);
      MADO_CHECK(c.put_tax_record(record));
    }
    return c.put_tax_record(tax_record(0, 2025));
  }));
  const auto first = page(2026);
  EXPECT_EQ(first.records_size(), 500);
  EXPECT_FALSE(first.last());
  EXPECT_EQ(first.newest_year(), 2026U);
  EXPECT_EQ(first.position(), 1U);
  EXPECT_EQ(first.records(0).position(), 1U);
  const auto second = page(2026, first.records(499).resident());
  EXPECT_EQ(second.records_size(), 1);
  EXPECT_TRUE(second.last());
  EXPECT_EQ(page(2025).records_size(), 1);
  EXPECT_EQ(page(2024).records_size(), 0);
}

TEST_F(TaxRegisterTest, TheLinkThenGivesOnlyWhatHasChanged) {
  ASSERT_TRUE(change([](Change& c) -> Outcome<void> {
    MADO_CHECK(c.put_tax_record(tax_record(0)));
    return c.put_tax_record(tax_record(1));
  }));
  const auto position = page(2026).position();
  auto corrected = tax_record(1);
  corrected.set_annual_tax(0);
  ASSERT_TRUE(change([&](Change& c) { return c.put_tax_record(corrected); }));
  const auto changed = page(2026, {}, position);
  ASSERT_EQ(changed.records_size(), 1);
  EXPECT_EQ(changed.records(0).resident(), number(1));
  EXPECT_EQ(changed.records(0).annual_tax(), 0);
}

TEST_F(TaxRegisterTest, APageIsNoLargerThanALineCarries) {
  ASSERT_TRUE(change([](Change& c) -> Outcome<void> {
    for (int person = 0; person < 450; ++person) {
      auto record = tax_record(person);
      mado::specimen::lengthen(record);
      MADO_CHECK(c.put_tax_record(record));
    }
    return {};
  }));
  const auto first = page(2026);
  EXPECT_FALSE(first.last());
  EXPECT_GT(first.records_size(), 100);
  EXPECT_LE(first.ByteSizeLong(), 520U * 1024);
  int records = first.records_size();
  for (auto next = first; !next.last(); records += next.records_size())
    next = page(2026, next.records(next.records_size() - 1).resident());
  EXPECT_EQ(records, 450);
}

TEST_F(TaxRegisterTest, AQueryThatNamesNoYearIsRefused) {
  v1::TaxYearQuery query;
  EXPECT_EQ(tax_.read_year(query).error().reason, Reason::message_malformed);
  query.set_fiscal_year(2026);
  query.set_after("1");
  EXPECT_EQ(tax_.read_year(query).error().reason, Reason::message_malformed);
  query.clear_after();
  query.set_changed_after(std::uint64_t{1} << 63U);
  EXPECT_EQ(tax_.read_year(query).error().reason, Reason::message_malformed) << "no change has such a number";
}

TEST_F(TaxRegisterTest, ReconciliationFindsResidentsAmong住登外) {
  auto citizen = resident(0, 0);
  citizen.resident.set_individual_number("123456789018");
  auto gone = resident(1, 1);
  gone.resident.set_individual_number("379474484458");
  gone.resident.set_state(v1::RESIDENT_STATE_MOVED);
  ASSERT_TRUE(put({citizen, gone}));
  ASSERT_TRUE(change([](Change& c) -> Outcome<void> {
    MADO_CHECK(c.put_addressee(addressee(5, v1::ADDRESSEE_STANDING_OUTSIDE, "123456789018")));
    MADO_CHECK(c.put_addressee(addressee(6, v1::ADDRESSEE_STANDING_OUTSIDE, "379474484458")));
    return c.put_addressee(addressee(7, v1::ADDRESSEE_STANDING_OUTSIDE));
  }));
  const auto found = tax_.reconcile(now).value();
  EXPECT_EQ(found.looked_at, 2U);
  EXPECT_EQ(found.found, 1U) << "who has moved away is no resident";
  const auto entry = registers_->tables().addressee.find(number(5)).value();
  v1::Addressee marked;
  ASSERT_TRUE(entry && marked.ParseFromString(string_of(entry->body)));
  EXPECT_EQ(marked.same_as(), number(0));
  EXPECT_EQ(tax_.reconcile(now)->looked_at, 1U) << "what was found is not looked for again";
}

TEST_F(TaxRegisterTest, OneSweepDeletesWhatIsPastItsTimeWithItsHistory) {
  ASSERT_TRUE(change([](Change& c) -> Outcome<void> {
    for (const std::uint32_t year : {2024U, 2025U, 2026U}) {
      MADO_CHECK(c.put_tax_record(tax_record(0, year)));
      MADO_CHECK(c.put_declaration(declaration(0, year)));
    }
    MADO_CHECK(c.put_addressee(addressee(5, v1::ADDRESSEE_STANDING_OUTSIDE)));
    MADO_CHECK(c.put_addressee(addressee(6, v1::ADDRESSEE_STANDING_OUTSIDE)));
    MADO_CHECK(c.put_declaration(declaration(6, 2026)));
    return c.put_addressee(addressee(7, v1::ADDRESSEE_STANDING_RESIDENT));
  }));
  auto corrected = tax_record(0, 2024);
  corrected.set_annual_tax(1);
  ASSERT_TRUE(change([&](Change& c) { return c.put_tax_record(corrected); }));
  const auto swept = tax_.sweep(2025, now).value();
  EXPECT_EQ(swept.records, 2U) << "both states of 2024";
  EXPECT_EQ(swept.declarations, 1U);
  EXPECT_EQ(swept.addressees, 1U) << "who is outside the register and has nothing left";
  EXPECT_EQ(count("SELECT count(*) FROM tax_record"), 2);
  EXPECT_EQ(count("SELECT count(*) FROM tax_declaration"), 3);
  EXPECT_EQ(count("SELECT count(*) FROM addressee"), 2);
  EXPECT_EQ(registers_->feed_position().value(), 3U) << "the sweep itself is a change";
}

TEST_F(TaxRegisterTest, TheNewestYearIsNeverSwept) {
  ASSERT_TRUE(change([](Change& c) { return c.put_tax_record(tax_record(0, 2026)); }));
  EXPECT_EQ(tax_.sweep(2027, now).error().reason, Reason::input_invalid);
  EXPECT_EQ(count("SELECT count(*) FROM tax_record"), 1);
}

}  // namespace
}  // namespace mado::registry
