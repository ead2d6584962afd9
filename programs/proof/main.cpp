// A proof of a city's form: the certificate of invented people as it would be printed, then the same pages with grid,
// boxes and field names. Everything but the people is what the issuer uses.
#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "issuer/edge/certificate_forms.hpp"
#include "paper/page_image.hpp"
#include "programs/proof/overlay.hpp"
#include "programs/proof/samples.hpp"

namespace mado::proof {
namespace {

constexpr auto usage = "usage: madoguchi-proof FORMS KIND FONT SEAL OUT.pdf [each] [foreign]\n";

struct Words {
  std::string forms, kind, font, seal, out;
  bool each = false;
  bool foreign = false;
};

Outcome<v1::Kind> kind_named(std::string name) {
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::toupper(c); });
  v1::Kind kind{};
  if (!v1::Kind_Parse("KIND_" + name, &kind)) return refuse(Reason::input_invalid, "there is no such kind");
  return kind;
}

int list_kinds() {
  for (int kind = v1::KIND_UNSPECIFIED + 1; kind <= v1::Kind_MAX; ++kind) {
    auto name = v1::Kind_Name(kind).substr(std::string_view("KIND_").size());
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
    std::puts(name.c_str());
  }
  return 0;
}

Outcome<void> write_sheets(const std::vector<paper::Sheet>& sheets, const std::string& file) {
  MADO_TRY(pdf, paper::write_pdf(sheets, std::nullopt, {std::string(32, '0')}));
  std::ofstream out(file, std::ios::binary);
  out.write(reinterpret_cast<const char*>(pdf.data()), static_cast<std::streamsize>(pdf.size()));
  if (!out.flush()) return refuse(Reason::input_invalid, file + ": cannot be written");
  return {};
}

Outcome<void> prove(const Words& words) {
  MADO_TRY(kind, kind_named(words.kind));
  MADO_TRY(forms, issuer::load_forms(words.forms, {kind}));
  MADO_TRY(font, paper::Font::load(words.font));
  MADO_TRY(seal, paper::Seal::load(words.seal));
  const auto terms = authorities();
  const auto snapshot = words.foreign ? foreign_household() : family();
  auto tax = tax_record(snapshot);
  if (kind == v1::KIND_NO_TAXATION) make_untaxed(tax);
  const issuer::CertificateTools tools{forms, font, seal, terms};
  MADO_TRY(sheet, issuer::prepare_certificate(tools, {snapshot, &tax}, order_of(kind, snapshot, words.each)));
  const auto bitmap = seal.bitmap();
  MADO_TRY(pages, paper::arrange(*sheet.form, font, bitmap, sheet.content));
  std::vector<paper::Sheet> sheets;
  std::deque<std::string> notes;
  for (const bool annotated : {false, true}) {
    for (auto& page : pages) {
      if (annotated) add_overlay(page, notes);
      MADO_TRY(drawing, annotated ? paper::draw_annotated(font, seal, page) : paper::draw_page(font, seal, page));
      MADO_TRY(image, paper::encode_image(drawing));
      sheets.push_back({std::move(image), std::nullopt});
    }
  }
  return write_sheets(sheets, words.out);
}

int run(int count, char** arguments) {
  if (count == 3 && std::string_view(arguments[2]) == "list") return list_kinds();
  if (count < 6) {
    std::fputs(usage, stderr);
    return 2;
  }
  Words words{arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]};
  for (int i = 6; i < count; ++i) {
    words.each = words.each || std::string_view(arguments[i]) == "each";
    words.foreign = words.foreign || std::string_view(arguments[i]) == "foreign";
  }
  const auto proved = prove(words);
  if (proved) return 0;
  std::fprintf(stderr, "proof: %s\n", proved.error().cause.c_str());
  return 1;
}

}  // namespace
}  // namespace mado::proof

int main(int count, char** arguments) { return mado::proof::run(count, arguments); }
