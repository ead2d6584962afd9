// Golden certificates: what stands in each field, and a digest of each page's pixels. MADOGUCHI_RENEW_GOLDEN=DIRECTORY
// writes them anew, and a PDF of each into DIRECTORY for a person to look at before the change is committed.
#pragma once

#include <openssl/sha.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "paper/page_image.hpp"
#include "tests/issuer/certificates.hpp"

namespace mado::issuer::golden {

struct Case {
  std::string name;
  v1::HouseholdSnapshot snapshot;
  CertificateOrder order;
  v1::TaxRecord tax;
};

inline v1::Resident& head_of(v1::HouseholdSnapshot& snapshot) {
  return *snapshot.mutable_household()->mutable_members(0);
}

inline Case of_kind(std::string name, v1::Kind kind, v1::HouseholdSnapshot snapshot) {
  auto order = proof::order_of(kind, snapshot);
  auto tax = proof::tax_record(snapshot);
  return {std::move(name), std::move(snapshot), std::move(order), std::move(tax)};
}

// 標準仕様書 1.1.8.
inline constexpr const char* unknown_dates[] = {"令和2年頃",
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

inline std::string digest_of(const paper::Drawing& page) {
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

inline Drawn described(const Case& wanted) {
  const auto tools = specimen::tools();
  const auto sheet = prepare_certificate(tools, {wanted.snapshot, &wanted.tax}, wanted.order);
  if (!sheet) return {"refused: " + sheet.error().cause + "\n", {}};
  const auto seal = tools.seal.bitmap();
  const auto pages = paper::arrange(*sheet->form, tools.font, seal, sheet->content);
  if (!pages) return {"refused: " + pages.error().cause + "\n", {}};
  Drawn drawn;
  for (const auto& page : *pages) {
    const auto drawing = paper::draw_page(tools.font, tools.seal, page);
    if (!drawing) return {"refused: " + drawing.error().cause + "\n", {}};
    drawn.description += "page " + page.number + " " + digest_of(*drawing) + "\n";
    for (const auto& text : page.texts) {
      if (!text.name.empty() && !text.text.empty())
        drawn.description += "  " + std::string(text.name) + ": " + std::string(text.text) + "\n";
    }
    drawn.sheets.push_back({paper::encode_image(*drawing).value(), std::nullopt});
  }
  return drawn;
}

inline std::string file_of_case(const std::string& name) {
  return std::string(MADOGUCHI_SOURCE_DIR) + "/tests/issuer/golden/" + name + ".txt";
}
inline std::string kept(const std::string& name) {
  std::ifstream in(file_of_case(name), std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline const char* renewed_into() { return std::getenv("MADOGUCHI_RENEW_GOLDEN"); }

inline void renew_text(const std::string& name, const std::string& description) {
  std::ofstream(file_of_case(name), std::ios::binary) << description;
}
inline void renew_pages(const std::string& name, const std::vector<paper::Sheet>& sheets) {
  const auto pdf = paper::write_pdf(sheets, std::nullopt, {std::string(32, '0')});
  if (pdf) std::ofstream(std::string(renewed_into()) + "/" + name + ".pdf", std::ios::binary) << string_of(*pdf);
}

}  // namespace mado::issuer::golden
