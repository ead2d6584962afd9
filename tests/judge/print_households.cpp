// Prints 住民票の写し for the households of a synthetic city, for outside programs to look at.
//   judge_print_households DIRECTORY PAGES
// Writes N.pdf as it goes to a printer, and N.pbm, the pixels of its first page as the raster composer has them.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include "issuer/core/certificates/certificate.hpp"
#include "paper/page_image.hpp"
#include "tests/judge/synthetic_households.hpp"

namespace mado {

namespace v1 = madoguchi::v1;

namespace {

constexpr auto font_file = "/usr/share/fonts/truetype/ipamj/ipamjm.ttf";
constexpr auto sequence_font_file = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc";

template <typename T>
T must(Outcome<T> outcome) {
  if (outcome) return std::move(*outcome);
  std::fprintf(stderr, "judge_print_households: %s\n", outcome.error().cause.c_str());
  std::exit(1);
}

issuer::CertificateOrder copy_of(const v1::Household& household, std::size_t number) {
  issuer::CertificateOrder copy;
  copy.kind = v1::KIND_RESIDENCE_CERTIFICATE;
  for (const auto& member : household.members()) {
    if (member.state() == v1::RESIDENT_STATE_CURRENT) copy.persons.push_back(member.number());
  }
  copy.scope = v1::SCOPE_HOUSEHOLD;
  if (number % 2 == 0) copy.options.insert(v1::OPTION_HEAD_AND_RELATION);
  if (number % 3 == 0) copy.options.insert(v1::OPTION_FAMILY_REGISTER);
  if (number % 5 == 0) copy.options.insert(v1::OPTION_INDIVIDUAL_NUMBER);
  copy.issued_on = judge::today;
  copy.issuance_number = "20261121 千代田区 K000001 " + std::to_string(1'000'000 + number) + " 001";
  return copy;
}

void write(const std::filesystem::path& file, std::string_view head, ByteView bytes) {
  std::ofstream out(file, std::ios::binary);
  out << head;
  out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  if (!out.flush()) std::exit(1);
}

Outcome<paper::DrawnPages> drawn_of(const issuer::CertificateTools& tools, const v1::Household& household,
                                    const issuer::CertificateOrder& copy) {
  v1::HouseholdSnapshot snapshot;
  *snapshot.mutable_household() = household;
  MADO_TRY(sheet, issuer::prepare_certificate(tools, {snapshot}, copy));
  return paper::draw(*sheet.form, tools.font, tools.seal, sheet.content);
}

int print(const std::filesystem::path& directory, std::size_t wanted) {
  const auto font = must(paper::Font::load(font_file, {sequence_font_file}));
  issuer::CertificateForms forms;
  forms.emplace(issuer::FormRole::residence, must(paper::load_form(MADOGUCHI_SOURCE_DIR "/forms/residence.toml")));
  const issuer::AuthorityTerms terms{{std::nullopt, std::nullopt, {"東京都", "千代田区長", "見本　太郎"}}};
  const auto seal = must(paper::Seal::load(MADOGUCHI_SOURCE_DIR "/forms/specimen-seal.pbm"));
  std::size_t printed = 0;
  std::map<std::string, int> refused;  // by reason: some households may have no paper from a machine
  for (const auto& household : judge::synthetic_households(wanted * 6)) {
    if (printed == wanted) break;
    const auto drawn = drawn_of({forms, font, seal, terms}, household, copy_of(household, printed));
    if (!drawn) {
      ++refused[std::string(code_of(drawn.error().reason))];
      continue;
    }
    const auto& page = drawn->pages.front();
    const std::vector<paper::Sheet> sheets{{must(paper::encode_image(page)), std::nullopt}};
    const auto name = std::to_string(++printed);
    write(directory / (name + ".pdf"), "", must(paper::write_pdf(sheets, std::nullopt, {std::string(32, 'a')})));
    write(directory / (name + ".pbm"), "P4\n4960 7016\n", page.pixels().bits());
  }
  std::printf("%zu pages", printed);
  for (const auto& [reason, count] : refused) std::printf(", %d households refused: %s", count, reason.c_str());
  std::printf("\n");
  return printed == wanted ? 0 : 1;
}

}  // namespace
}  // namespace mado

int main(int count, char** words) {
  if (count != 3) {
    std::fputs("usage: judge_print_households DIRECTORY PAGES\n", stderr);
    return 2;
  }
  return mado::print(words[1], std::strtoul(words[2], nullptr, 10));
}
