// Golden certificates: what stands in each field, and a digest of each page's pixels, over the cases that went wrong
// somewhere, or easily would. MADOGUCHI_RENEW_GOLDEN=DIRECTORY writes them anew, and a PDF of each into DIRECTORY for a
// person to look at before the change is committed.
#include <openssl/sha.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "paper/page_image.hpp"
#include "tests/issuer/certificates.hpp"

namespace mado::issuer {
namespace {

struct Case {
  std::string name;
  v1::HouseholdSnapshot snapshot;
  CertificateOrder order;
  v1::TaxRecord tax;
};

v1::Resident& head_of(v1::HouseholdSnapshot& snapshot) { return *snapshot.mutable_household()->mutable_members(0); }

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
Case of_kind(std::string name, v1::Kind kind, v1::HouseholdSnapshot snapshot) {
  auto order = proof::order_of(kind, snapshot);
  auto tax = proof::tax_record(snapshot);
  return {std::move(name), std::move(snapshot), std::move(order), std::move(tax)};
}

// 標準仕様書 1.1.8.
constexpr const char* unknown_dates[] = {"令和2年頃",
                                         "令和2年3月頃",
                                         "令和2年3月4日頃",
                                         "推定令和2年3月4日",
                                         "推定令和2年3月",
                                         "令和2年春",
                                         "令和2年3月上旬",
                                         "令和2年3月中旬頃",
                                         "年月日不詳",
                                         "令和2年　月日不詳",
                                         "令和2年3月　日不詳",
                                         "令和2年3月4日から4月5日頃までの間",
                                         "令和2年3月推定4日から5日までの間",
                                         "令和2年3月4日頃から5日頃までの間"};

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

std::string digest_of(const paper::Drawing& page) {
  const auto raster = page.pixels();
  const auto pixels = raster.bits();
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(pixels.data(), pixels.size(), digest);
  std::string hex;
  for (const auto byte : digest) {
    constexpr std::string_view digits = "0123456789abcdef";
    hex += digits[byte >> 4];
    hex += digits[byte & 15];
  }
  return hex;
}

struct Drawn {
  std::string description;
  std::vector<paper::Sheet> sheets;
};

Drawn described(const Case& wanted) {
  const auto tools = specimen::tools();
  const auto sheet = prepare_certificate(tools, {wanted.snapshot, &wanted.tax}, wanted.order);
  if (!sheet) return {"refused: " + sheet.error().cause + "\n", {}};
  const auto seal = tools.seal.bitmap();
  const auto pages = paper::arrange(*sheet->form, tools.font, seal, sheet->content);
  if (!pages) return {"refused: " + pages.error().cause + "\n", {}};
  Drawn drawn;
  for (const auto& page : *pages) {
    const auto drawing = paper::draw_page(tools.font, tools.seal, page).value();
    drawn.description += "page " + page.number + " " + digest_of(drawing) + "\n";
    for (const auto& text : page.texts) {
      if (!text.name.empty() && !text.text.empty())
        drawn.description += "  " + std::string(text.name) + ": " + std::string(text.text) + "\n";
    }
    drawn.sheets.push_back({paper::encode_image(drawing).value(), std::nullopt});
  }
  return drawn;
}

std::string file_of_case(const std::string& name) {
  return std::string(MADOGUCHI_SOURCE_DIR) + "/tests/issuer/golden/" + name + ".txt";
}
std::string kept(const std::string& name) {
  std::ifstream in(file_of_case(name), std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void renew(const Case& wanted, const Drawn& drawn, const std::string& directory) {
  std::ofstream(file_of_case(wanted.name), std::ios::binary) << drawn.description;
  const auto pdf = paper::write_pdf(drawn.sheets, std::nullopt, {std::string(32, '0')});
  if (pdf) std::ofstream(directory + "/" + wanted.name + ".pdf", std::ios::binary) << string_of(*pdf);
}

class Golden : public testing::TestWithParam<std::size_t> {};

TEST_P(Golden, IsAsItWasLookedAt) {
  const auto& wanted = cases()[GetParam()];
  const auto drawn = described(wanted);
  if (const auto* directory = std::getenv("MADOGUCHI_RENEW_GOLDEN")) return renew(wanted, drawn, directory);
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
}  // namespace mado::issuer
