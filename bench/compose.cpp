// compose.page: a four-person 住民票の写し, from the record to the encoded page (shaping, layout, glyphs, check against
// the form, JBIG2), warm. compose.page/cairo: the very texts, rules and seal by Cairo, and libtiff's Group 4. Both in
// one process, in turn, the median of `rounds`.
//   bench_compose [ROUNDS]            both
//   bench_compose memory ours|cairo   the peak memory of a process that composes with one of them, ten times
//   bench_compose content             what stands on the page, as JSON, for peers in other languages (bench/peers)
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string_view>

#include "bench/compose_by_cairo.hpp"
#include "bench/page_content.hpp"
#include "bench/results.hpp"
#include "issuer/core/certificates/certificate.hpp"
#include "tests/issuer/households.hpp"

namespace mado::bench {
namespace {

constexpr auto font_file = "/usr/share/fonts/truetype/ipamj/ipamjm.ttf";
constexpr int rounds_for_memory = 10;

template <typename T>
T must(Outcome<T> outcome) {
  if (outcome) return std::move(*outcome);
  std::fprintf(stderr, "%s\n", outcome.error().cause.c_str());
  std::exit(1);
}

double milliseconds_of_cpu() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return 1e3 * static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_nsec);
}

// Of the processor, by this process: what else runs on the machine matters little.
template <typename Work>
double milliseconds(const Work& work) {
  const auto start = milliseconds_of_cpu();
  work();
  return milliseconds_of_cpu() - start;
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

issuer::CertificateForms residence_form() {
  issuer::CertificateForms forms;
  forms.emplace(issuer::FormRole::residence, must(paper::load_form(MADOGUCHI_SOURCE_DIR "/forms/residence.toml")));
  return forms;
}

madoguchi::v1::HouseholdSnapshot snapshot_of_four() {
  madoguchi::v1::HouseholdSnapshot snapshot;
  *snapshot.mutable_household() = issuer::specimen::of_size(4);
  return snapshot;
}

double peak_memory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

// What is loaded once, and the page that is drawn again and again.
class Bench {
 public:
  std::size_t ours() const { return must(issuer::compose_certificate(tools_, {snapshot_}, copy_)).pages.at(0).size(); }

  // The same page as Cairo gets it: what the form's arrangement places.
  PageContent content() const {
    const auto sheet = must(issuer::prepare_certificate(tools_, {snapshot_}, copy_));
    const auto pages = must(paper::arrange(*sheet.form, font_, seal_.bitmap(), sheet.content));
    return content_of(pages.at(0));
  }

 private:
  paper::Font font_ = must(paper::Font::load(font_file));
  paper::Seal seal_ = must(paper::Seal::load(MADOGUCHI_SOURCE_DIR "/forms/specimen-seal.pbm"));
  issuer::CertificateForms forms_ = residence_form();
  issuer::AuthorityTerms terms_{{std::nullopt, std::nullopt, {"東京都", "千代田区長", "見本　次郎"}}};
  issuer::CertificateTools tools_{forms_, font_, seal_, terms_};
  madoguchi::v1::HouseholdSnapshot snapshot_ = snapshot_of_four();
  issuer::CertificateOrder copy_ = copy_of(snapshot_.household());
};

int compare(int rounds) {
  const Bench bench;
  const CairoComposer cairo(font_file);
  const auto content = bench.content();
  std::size_t bytes = 0;
  std::size_t cairo_bytes = 0;
  const auto ours = [&] { bytes = bench.ours(); };
  const auto theirs = [&] { cairo_bytes = must(cairo.compose(content)).size(); };
  theirs();
  std::vector<double> our_times;
  std::vector<double> their_times;
  const auto cold = milliseconds(ours);
  for (int round = 0; round < rounds; ++round) {
    our_times.push_back(milliseconds(ours));
    their_times.push_back(milliseconds(theirs));
  }
  print("compose.page/cold", cold, "ms");
  print("compose.page", median(our_times), "ms");
  print("compose.page/cairo", median(their_times), "ms");
  print("compose.page/bytes", static_cast<double>(bytes), "B");
  print("compose.page/cairo/bytes", static_cast<double>(cairo_bytes), "B");
  return 0;
}

int measure_memory(std::string_view whose) {
  const bool is_cairo = whose == "cairo";
  const Bench bench;
  if (is_cairo) {
    const auto content = bench.content();
    const CairoComposer cairo(font_file);
    for (int round = 0; round < rounds_for_memory; ++round) must(cairo.compose(content));
  } else {
    for (int round = 0; round < rounds_for_memory; ++round) bench.ours();
  }
  print(is_cairo ? "compose.page/cairo/peak_memory" : "compose.page/peak_memory", peak_memory(), "MiB");
  return 0;
}

}  // namespace
}  // namespace mado::bench

int main(int count, char** words) {
  const std::string_view first = count > 1 ? words[1] : "";
  if (first == "memory" && count > 2) return mado::bench::measure_memory(words[2]);
  if (first == "content") {
    std::fputs(mado::bench::json_of(mado::bench::Bench{}.content()).c_str(), stdout);
    return 0;
  }
  return mado::bench::compare(count > 1 ? std::atoi(words[1]) : 51);
}
