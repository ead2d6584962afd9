// A page of the yearly tax link is kept only if it is what was asked for.
#include "issuer/core/tax_page.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "tax_sample.hpp"

namespace mado::issuer {
namespace {

v1::TaxYearQuery query() {
  v1::TaxYearQuery query;
  query.set_fiscal_year(2026);
  query.set_after(tax_person(1));
  query.set_changed_after(10);
  return query;
}
v1::TaxYearPage page() { return tax_page({tax_record(2, 2026, 11), tax_record(3, 2026, 12)}, true, 12); }

TEST(TaxPage, WhatWasAskedForIsTaken) {
  EXPECT_TRUE(check_tax_page(query(), page()));
  EXPECT_TRUE(check_tax_page(query(), tax_page({}, true, 12))) << "nothing has changed";
}

struct Flaw {
  const char* name;
  std::function<void(v1::TaxYearPage&)> make;
};
class TaxPageFlaws : public testing::TestWithParam<Flaw> {};

TEST_P(TaxPageFlaws, IsRefusedAndNobodyIsNamed) {
  auto flawed = page();
  GetParam().make(flawed);
  const auto checked = check_tax_page(query(), flawed);
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().reason, Reason::message_malformed);
  for (int i = 1; i < 4; ++i) EXPECT_EQ(checked.error().cause.find(tax_person(i)), std::string::npos);
}

template <typename Add>
void many(int count, Add add) {
  for (int i = 0; i < count; ++i) add();
}

INSTANTIATE_TEST_SUITE_P(
    TaxPage, TaxPageFlaws,
    testing::Values(
        Flaw{"AnotherYear", [](auto& page) { page.mutable_records(1)->set_fiscal_year(2025); }},
        Flaw{"NoNumber", [](auto& page) { page.mutable_records(0)->set_resident("1"); }},
        Flaw{"LettersForANumber", [](auto& page) { page.mutable_records(0)->set_resident("00000000000002x"); }},
        Flaw{"TheSamePersonTwice", [](auto& page) { page.mutable_records(1)->set_resident(tax_person(2)); }},
        Flaw{"Descending", [](auto& page) { page.mutable_records()->SwapElements(0, 1); }},
        Flaw{"NotAfterWhatWasAsked", [](auto& page) { page.mutable_records(0)->set_resident(tax_person(1)); }},
        Flaw{"NotChanged", [](auto& page) { page.mutable_records(0)->set_position(10); }},
        Flaw{"LongName", [](auto& page) { page.mutable_records(0)->set_name(std::string(401, 'a')); }},
        Flaw{"LongAddress", [](auto& page) { page.mutable_records(0)->set_address(std::string(401, 'a')); }},
        Flaw{"ManyIncomes", [](auto& page) { many(65, [&] { page.mutable_records(0)->add_incomes(); }); }},
        Flaw{"ManyDeductions", [](auto& page) { many(65, [&] { page.mutable_records(0)->add_deductions(); }); }},
        Flaw{"ManyBases", [](auto& page) { many(33, [&] { page.mutable_records(0)->add_bases(); }); }},
        Flaw{"ManyTaxes", [](auto& page) { many(65, [&] { page.mutable_records(0)->add_taxes(); }); }},
        Flaw{"ManyPersons", [](auto& page) { many(33, [&] { page.mutable_records(0)->add_persons(); }); }},
        Flaw{"EmptyAndNotTheLast",
             [](auto& page) {
               page.clear_records();
               page.set_last(false);
             }},
        Flaw{"MoreThan500",
             [](auto& page) {
               page.clear_records();
               for (int i = 0; i < 501; ++i) *page.add_records() = tax_record(2 + i, 2026, 11);
             }}),
    [](const auto& flaw) { return flaw.param.name; });

TEST(TaxPage, FiveHundredRecordsAreAPage) {
  v1::TaxYearPage full;
  for (int i = 0; i < 500; ++i) *full.add_records() = tax_record(2 + i, 2026, 11);
  EXPECT_TRUE(check_tax_page(query(), full));
}

}  // namespace
}  // namespace mado::issuer
