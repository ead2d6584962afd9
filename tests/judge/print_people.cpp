// Prints 住民票の写し of one person of each household of a synthetic city, for a reader that sees nothing but the page.
//   judge_print_people DIRECTORY PEOPLE
// Writes N.pdf, and in people.tsv a line for each: N, name, day of birth (2001-02-03), how that is written if not as
// its day's era has it, address; all as the register has them.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "issuer/core/certificates/certificate.hpp"
#include "paper/page.hpp"
#include "tests/judge/synthetic_households.hpp"

namespace mado {

namespace v1 = madoguchi::v1;

namespace {

constexpr auto font_file = "/usr/share/fonts/truetype/ipamj/ipamjm.ttf";

template <typename T>
T must(Outcome<T> outcome) {
  if (outcome) return std::move(*outcome);
  std::fprintf(stderr, "judge_print_people: %s\n", outcome.error().cause.c_str());
  std::exit(1);
}

issuer::CertificateOrder copy_of(const v1::Resident& person, std::size_t number) {
  issuer::CertificateOrder copy;
  copy.kind = v1::KIND_RESIDENCE_CERTIFICATE;
  copy.persons = {person.number()};
  copy.scope = v1::SCOPE_SELF;
  copy.issued_on = judge::today;
  copy.issuance_number = "20261121 千代田区 K000001 " + std::to_string(1'000'000 + number) + " 001";
  return copy;
}

class Printer {
 public:
  explicit Printer(std::filesystem::path directory) : directory_(std::move(directory)) {
    forms_.emplace(issuer::FormRole::residence, must(paper::load_form(MADOGUCHI_SOURCE_DIR "/forms/residence.toml")));
  }

  // Whether this person may have a paper from a machine, and it was printed.
  bool print(const v1::Household& household, const v1::Resident& person) {
    v1::HouseholdSnapshot snapshot;
    *snapshot.mutable_household() = household;
    const issuer::CertificateTools tools{forms_, font_, seal_, terms_};
    auto drawn = issuer::compose_certificate(tools, {snapshot}, copy_of(person, printed_));
    if (!drawn) return false;
    std::vector<paper::Sheet> sheets;
    for (auto& page : drawn->pages) sheets.push_back({std::move(page), std::nullopt});
    const auto pdf = must(paper::write_pdf(sheets, std::nullopt, {std::string(32, 'a')}));
    const auto name = std::to_string(++printed_);
    std::ofstream(directory_ / (name + ".pdf"), std::ios::binary) << string_of(pdf);
    people_ << name << '\t' << person.name() << '\t' << person.born().day() << '\t' << person.born().written() << '\t'
            << household.address() << '\n';
    return true;
  }
  std::size_t printed() const { return printed_; }

 private:
  std::filesystem::path directory_;
  std::ofstream people_{directory_ / "people.tsv"};
  paper::Font font_ = must(paper::Font::load(font_file));
  paper::Seal seal_ = must(paper::Seal::load(MADOGUCHI_SOURCE_DIR "/forms/specimen-seal.pbm"));
  issuer::CertificateForms forms_;
  issuer::AuthorityTerms terms_{{std::nullopt, std::nullopt, {"東京都", "千代田区長", "見本　太郎"}}};
  std::size_t printed_ = 0;
};

int print(const char* directory, std::size_t wanted) {
  Printer printer(directory);
  int turn = 0;
  for (const auto& household : judge::synthetic_households(6 * wanted)) {
    // One of each, or an address would be read as often as it has people.
    const auto& person = household.members(turn++ % household.members_size());
    // A date in the calendar, which the reader writes in the era's way by itself.
    if (printer.printed() == wanted || person.born().day().empty() || person.has_foreign()) continue;
    printer.print(household, person);
  }
  return printer.printed() == wanted ? 0 : 1;
}

}  // namespace
}  // namespace mado

int main(int count, char** words) {
  if (count == 3) return mado::print(words[1], std::strtoul(words[2], nullptr, 10));
  std::fputs("usage: judge_print_people DIRECTORY PEOPLE\n", stderr);
  return 2;
}
