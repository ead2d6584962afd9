// Every form over every way to write a birth date, the days on which something changes, the names that few people have,
// and a second copy. One golden file for each form: the plain case whole, then what differs from it in each other.
#include <algorithm>
#include <functional>
#include <sstream>

#include "tests/issuer/golden.hpp"

namespace mado::issuer::golden {
namespace {

struct Form {
  std::string name;
  std::function<Case()> plain;
  bool of_foreigners = true;  // 戸籍 and 附票 have none
};

Case each_of(v1::HouseholdSnapshot snapshot) {
  auto order = proof::order_of(v1::KIND_RESIDENCE_CERTIFICATE, snapshot, true);
  return {"", std::move(snapshot), std::move(order), {}};
}
Case untaxed() {
  auto made = of_kind("", v1::KIND_NO_TAXATION, proof::family());
  proof::make_untaxed(made.tax);
  return made;
}

const std::vector<Form>& forms_of_every_kind() {
  const auto kind = [](v1::Kind wanted) { return [wanted] { return of_kind("", wanted, proof::family()); }; };
  static const std::vector<Form> forms{
      {"residence", kind(v1::KIND_RESIDENCE_CERTIFICATE)},
      {"residence-each", [] { return each_of(proof::family()); }},
      {"residence-items", kind(v1::KIND_RESIDENCE_ITEMS)},
      {"seal", kind(v1::KIND_SEAL_CERTIFICATE)},
      {"family-register", kind(v1::KIND_FAMILY_REGISTER_WHOLE), false},
      {"family-register-persons", kind(v1::KIND_FAMILY_REGISTER_PERSONS), false},
      {"supplement", kind(v1::KIND_FAMILY_REGISTER_SUPPLEMENT), false},
      {"income", kind(v1::KIND_INCOME)},
      {"taxation", kind(v1::KIND_TAXATION)},
      {"no-taxation", untaxed},
      {"income-and-taxation", kind(v1::KIND_INCOME_AND_TAXATION)},
  };
  return forms;
}

void write_date(v1::WrittenDate& date, const std::string& day, const std::string& written) {
  date.set_day(day);
  date.set_written(written);
}

// The holder's date of birth, in every register.
void bear(Case& made, const std::string& day, const std::string& written) {
  write_date(*head_of(made.snapshot).mutable_born(), day, written);
  write_date(*made.tax.mutable_born(), day, written);
  write_date(*made.snapshot.mutable_family_register()->mutable_persons(0)->mutable_born(), day, written);
  write_date(*made.snapshot.mutable_supplement()->mutable_persons(0)->mutable_born(), day, written);
}

struct Variant {
  std::string name;
  std::function<void(Case&)> change;
  bool of_a_foreigner = false;
};

Variant born(const std::string& day, const std::string& written) {
  return {"born " + (written.empty() ? day : written), [=](Case& made) { bear(made, day, written); }};
}
Variant issued_on(const std::string& day) {
  return {"issued on " + day, [=](Case& made) { made.order.issued_on = *parse_day(day); }};
}

std::vector<Variant> variants() {
  std::vector<Variant> all{
      born("1980-02-29", ""),
      born("", "昭和54年2月29日"),
      born("1912-07-30", "明治45年7月30日"),
      born("1926-12-25", "大正15年12月25日"),
      born("1926-12-25", ""),
      issued_on("2019-04-30"),
      issued_on("2019-05-01"),
      issued_on("2027-03-31"),
      issued_on("2027-04-01"),
      issued_on("2027-12-31"),
      issued_on("2028-01-01"),
      issued_on("2026-11-30"),
      issued_on("2026-12-01"),
      {"旧氏",
       [](Case& made) {
         head_of(made.snapshot).set_former_surname("葛󠄂城");
         head_of(made.snapshot).set_former_surname_kana("カツラギ");
       }},
      {"a foreigner", {}, true},
      {"the second copy", [](Case& made) { made.order.issuance_number = "20261121 千代田区 K0000123 0000456790 002"; }},
  };
  for (const auto* written : unknown_dates) all.push_back(born("", written));
  return all;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// Those lines of `text` that `plain` does not have.
std::string difference(const std::string& plain, const std::string& text) {
  const auto known = lines_of(plain);
  std::string differing;
  for (const auto& line : lines_of(text)) {
    if (std::ranges::find(known, line) == known.end()) differing += line + "\n";
  }
  return differing;
}

Case case_of(const Form& form, const Variant& variant) {
  auto made = form.plain();
  if (variant.of_a_foreigner) {
    const auto kind = made.order.kind;
    made = form.name == "residence-each" ? each_of(proof::foreign_household())
                                         : of_kind("", kind, proof::foreign_household());
    if (kind == v1::KIND_NO_TAXATION) proof::make_untaxed(made.tax);
    return made;
  }
  variant.change(made);
  return made;
}

class EveryForm : public testing::TestWithParam<std::size_t> {};

TEST_P(EveryForm, IsInEachCaseAsItWasLookedAt) {
  const auto& form = forms_of_every_kind()[GetParam()];
  const auto plain = described(form.plain());
  auto table = plain.description;
  auto pages = plain.sheets;
  for (const auto& variant : variants()) {
    if (variant.of_a_foreigner && !form.of_foreigners) continue;
    const auto drawn = described(case_of(form, variant));
    table += "== " + variant.name + "\n" + difference(plain.description, drawn.description);
    pages.insert(pages.end(), drawn.sheets.begin(), drawn.sheets.end());
  }
  const auto name = "every-case-of-" + form.name;
  if (renewed_into() == nullptr) {
    EXPECT_EQ(table, kept(name));
    return;
  }
  renew_text(name, table);
  renew_pages(name, pages);
}

INSTANTIATE_TEST_SUITE_P(Certificate, EveryForm, testing::Range<std::size_t>(0, forms_of_every_kind().size()),
                         [](const auto& which) {
                           auto name = forms_of_every_kind()[which.param].name;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace mado::issuer::golden
