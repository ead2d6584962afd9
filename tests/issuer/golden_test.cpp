// Golden certificates over the cases that went wrong somewhere, or easily would.
#include <algorithm>

#include "tests/issuer/golden.hpp"

namespace mado::issuer::golden {
namespace {

Case residence(std::string name, v1::HouseholdSnapshot snapshot, bool each = false) {
  auto order = proof::order_of(v1::KIND_RESIDENCE_CERTIFICATE, snapshot, each);
  return {std::move(name), std::move(snapshot), std::move(order), {}};
}
Case issued_on(std::string name, const char* day) {
  auto made = residence(std::move(name), proof::family());
  made.order.issued_on = *parse_day(day);
  return made;
}
Case born(std::string name, const char* day, const char* written) {
  auto snapshot = proof::family_of(4);
  auto& date = *head_of(snapshot).mutable_born();
  date.set_day(day);
  date.set_written(written);
  return residence(std::move(name), std::move(snapshot));
}
void add_residence(std::vector<Case>& cases) {
  for (const int members : {4, 5, 12}) {
    cases.push_back(residence("residence-" + std::to_string(members) + "-members", proof::family_of(members)));
  }
  cases.push_back(residence("residence-foreigner", proof::foreign_household()));
  cases.push_back(residence("residence-foreigner-each", proof::foreign_household(), true));
  cases.push_back(residence("residence-each", proof::family(), true));
  auto nothing_asked = residence("residence-nothing-asked-for", proof::family());
  nothing_asked.order.options.clear();
  cases.push_back(std::move(nothing_asked));
  cases.push_back(born("residence-29-february-of-a-common-year", "", "昭和54年2月29日"));
  cases.push_back(born("residence-29-february", "1980-02-29", ""));
  cases.push_back(born("residence-meiji-45-7-30", "1912-07-30", "明治45年7月30日"));
  cases.push_back(born("residence-taisho-15-12-25", "1926-12-25", "大正15年12月25日"));
  cases.push_back(born("residence-showa-1-12-25", "1926-12-25", ""));
  for (std::size_t i = 0; i < std::size(unknown_dates); ++i)
    cases.push_back(born("residence-unknown-date-" + std::to_string(i + 1), "", unknown_dates[i]));
  auto generations = proof::family();
  generations.mutable_household()->mutable_members(3)->set_relation("子の子の子の子");
  cases.push_back(residence("residence-four-generations", std::move(generations)));
  auto leaving = proof::family();
  head_of(leaving).mutable_leaving()->mutable_on()->set_day("2026-11-21");
  head_of(leaving).mutable_leaving()->set_destination("大阪府吹田市泉町一丁目３番４０号");
  auto before = residence("residence-day-before-leaving", leaving);
  before.order.issued_on = *parse_day("2026-11-20");
  cases.push_back(std::move(before));
  cases.push_back(residence("residence-day-of-leaving", std::move(leaving)));
}

void add_days(std::vector<Case>& cases) {
  cases.push_back(issued_on("day-last-of-heisei", "2019-04-30"));
  cases.push_back(issued_on("day-first-of-reiwa", "2019-05-01"));
  cases.push_back(issued_on("day-last-of-the-year", "2027-12-31"));
  cases.push_back(issued_on("day-first-of-the-year", "2028-01-01"));
  cases.push_back(issued_on("day-last-of-the-fiscal-year", "2027-03-31"));
  cases.push_back(issued_on("day-first-of-the-fiscal-year", "2027-04-01"));
  cases.push_back(issued_on("day-before-the-acting-mayor", "2026-11-30"));
  cases.push_back(issued_on("day-first-of-the-acting-mayor", "2026-12-01"));
  auto second = issued_on("second-copy", "2026-11-21");
  second.order.issuance_number = "20261121 千代田区 K0000123 0000456790 002";
  cases.push_back(std::move(second));
}

void add_other_kinds(std::vector<Case>& cases) {
  cases.push_back(of_kind("residence-items", v1::KIND_RESIDENCE_ITEMS, proof::family()));
  cases.push_back(of_kind("seal", v1::KIND_SEAL_CERTIFICATE, proof::family()));
  cases.push_back(of_kind("seal-foreigner", v1::KIND_SEAL_CERTIFICATE, proof::foreign_household()));
  cases.push_back(of_kind("family-register-whole", v1::KIND_FAMILY_REGISTER_WHOLE, proof::family()));
  auto one = of_kind("family-register-one-person", v1::KIND_FAMILY_REGISTER_PERSONS, proof::family());
  one.order.scope = v1::SCOPE_SELF;
  one.order.persons = {"P1"};
  cases.push_back(std::move(one));
  cases.push_back(of_kind("supplement-whole", v1::KIND_FAMILY_REGISTER_SUPPLEMENT, proof::family()));
  auto part = of_kind("supplement-part", v1::KIND_FAMILY_REGISTER_SUPPLEMENT, proof::family());
  part.order.scope = v1::SCOPE_SELF;
  part.order.persons = {"P1"};
  part.order.options.clear();
  cases.push_back(std::move(part));
  cases.push_back(of_kind("income", v1::KIND_INCOME, proof::family()));
  cases.push_back(of_kind("taxation", v1::KIND_TAXATION, proof::family()));
  auto untaxed = of_kind("no-taxation", v1::KIND_NO_TAXATION, proof::family());
  proof::make_untaxed(untaxed.tax);
  cases.push_back(std::move(untaxed));
  auto dependant = of_kind("taxation-dependant", v1::KIND_TAXATION, proof::family());
  dependant.tax.set_standing(v1::TAX_STANDING_DEPENDANT);
  proof::make_untaxed(dependant.tax);
  dependant.tax.clear_deductions();
  cases.push_back(std::move(dependant));
  cases.push_back(of_kind("income-and-taxation", v1::KIND_INCOME_AND_TAXATION, proof::family()));
}

const std::vector<Case>& cases() {
  static const auto all = [] {
    std::vector<Case> made;
    add_residence(made);
    add_days(made);
    add_other_kinds(made);
    return made;
  }();
  return all;
}

class Golden : public testing::TestWithParam<std::size_t> {};

TEST_P(Golden, IsAsItWasLookedAt) {
  const auto& wanted = cases()[GetParam()];
  const auto drawn = described(wanted);
  if (renewed_into() != nullptr) {
    renew_text(wanted.name, drawn.description);
    return renew_pages(wanted.name, drawn.sheets);
  }
  EXPECT_EQ(drawn.description, kept(wanted.name));
}

INSTANTIATE_TEST_SUITE_P(Certificate, Golden, testing::Range<std::size_t>(0, cases().size()), [](const auto& which) {
  auto name = cases()[which.param].name;
  std::ranges::replace(name, '-', '_');
  return name;
});

TEST(GoldenCopies, DifferInTheirNumberAlone) {
  const auto first = described(issued_on("first", "2026-11-21")).description;
  const auto second = kept("second-copy");
  EXPECT_NE(first, second);
  EXPECT_NE(second.find("0000456790 002"), std::string::npos);
}

}  // namespace
}  // namespace mado::issuer::golden
