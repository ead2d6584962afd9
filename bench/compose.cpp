// compose.page: a four-person 住民票の写し, from the record to the encoded page (layout, glyphs, check against the
// form, Group 4), warm. compose.page/cairo: the same content by Cairo. Both in one process, in turn, the median of
// `rounds`.
//   bench_compose [rounds] [font file]
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "bench/compose_by_cairo.hpp"
#include "bench/results.hpp"
#include "issuer/core/certificates/certificate.hpp"
#include "tests/issuer/households.hpp"

namespace mado::bench {
namespace {

constexpr auto default_font = "/usr/share/fonts/truetype/ipamj/ipamjm.ttf";

template <typename T>
T must(Outcome<T> outcome) {
  if (outcome) return std::move(*outcome);
  std::fprintf(stderr, "%s\n", outcome.error().cause.c_str());
  std::exit(1);
}

template <typename Work>
double milliseconds(const Work& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

issuer::CertificateOrder copy_of(const madoguchi::v1::Household& household) {
  issuer::CertificateOrder copy;
  copy.kind = madoguchi::v1::KIND_RESIDENCE_CERTIFICATE;
  for (const auto& member : household.members()) copy.persons.push_back(member.number());
  copy.scope = madoguchi::v1::SCOPE_HOUSEHOLD;
  copy.options = {madoguchi::v1::OPTION_HEAD_AND_RELATION, madoguchi::v1::OPTION_FAMILY_REGISTER,
                  madoguchi::v1::OPTION_INDIVIDUAL_NUMBER, madoguchi::v1::OPTION_KANA};
  copy.issued_on = *parse_day("2026-11-21");
  copy.issuance_number = "20261121 千代田区 K0000123 0000456789 001";
  return copy;
}

// Cairo is given as much to draw: each label, and in each field a text of the page's kind.
void add_area(const paper::Area& area, double x, double y, Drawing& drawing) {
  for (const auto& frame : area.frames) drawing.frames.push_back({frame.box.moved(x, y), frame.thickness});
  for (const auto& label : area.labels) drawing.texts.push_back({label.box.moved(x, y), label.type, label.text});
  for (const auto& field : area.fields) {
    const char* text = field.name == "name"              ? "渡邉　太郎"
                       : field.name == "family_register" ? "東京都千代田区平河町一丁目１０番地"
                       : field.name == "address" ? "東京都千代田区平河町一丁目１番１号　見本マンション平河町５０２号室"
                       : field.name == "certification" ? "この写しは、世帯全員の住民票の原本と相違ないことを証明する。"
                       : field.name == "authority"     ? "東京都千代田区長　見本　次郎"
                       : field.name == "issuance_number" ? "発行番号　20261121 千代田区 K0000123 0000456789 001"
                       : field.box.width < 20            ? "子"
                                                         : "平成22年4月1日";
    if (!field.mandatory && field.name != "kana") continue;
    drawing.texts.push_back({field.box.moved(x, y), field.type, text});
  }
}

Drawing drawing_of(const paper::Form& form, const paper::Seal& seal) {
  Drawing drawing;
  add_area(form.page, 0, 0, drawing);
  const auto& person = *form.row("person");
  for (int i = 0; i < 4; ++i) add_area(person.area, form.flow->box.x, form.flow->box.y + i * person.height, drawing);
  add_area(form.footer, 0, 0, drawing);
  drawing.seal = seal.bitmap();
  drawing.seal_box = form.seal;
  return drawing;
}

int run(int rounds, const char* font_file) {
  const auto font = must(paper::Font::load(font_file));
  issuer::CertificateForms forms;
  forms.emplace(issuer::FormRole::residence, must(paper::load_form(MADOGUCHI_SOURCE_DIR "/forms/residence.toml")));
  const auto& form = forms.begin()->second;
  const issuer::AuthorityTerms terms{{std::nullopt, std::nullopt, {"東京都", "千代田区長", "見本　次郎"}}};
  const auto seal = must(paper::Seal::load(MADOGUCHI_SOURCE_DIR "/forms/specimen-seal.pbm"));
  madoguchi::v1::HouseholdSnapshot snapshot;
  *snapshot.mutable_household() = issuer::specimen::watanabe();
  const auto copy = copy_of(snapshot.household());
  const CairoComposer cairo(font_file);
  const auto drawing = drawing_of(form, seal);

  std::size_t bytes = 0;
  std::size_t cairo_bytes = 0;
  const auto ours = [&] {
    bytes = must(issuer::compose_certificate({forms, font, seal, terms}, {snapshot}, copy)).pages[0].size();
  };
  const auto theirs = [&] { cairo_bytes = must(cairo.compose(drawing)).size(); };
  print("compose.page/cold", milliseconds(ours), "ms");
  theirs();
  std::vector<double> our_times;
  std::vector<double> their_times;
  for (int round = 0; round < rounds; ++round) {
    our_times.push_back(milliseconds(ours));
    their_times.push_back(milliseconds(theirs));
  }
  print("compose.page", median(our_times), "ms");
  print("compose.page/cairo", median(their_times), "ms");
  print("compose.page/bytes", static_cast<double>(bytes), "B");
  print("compose.page/cairo/bytes", static_cast<double>(cairo_bytes), "B");
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  print("compose.page/peak_memory", static_cast<double>(usage.ru_maxrss) / 1024, "MiB");
  return 0;
}
}  // namespace
}  // namespace mado::bench

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::clamp(std::atoi(argv[1]), 1, 10'000) : 51;
  return mado::bench::run(rounds, argc > 2 ? argv[2] : mado::bench::default_font);
}
