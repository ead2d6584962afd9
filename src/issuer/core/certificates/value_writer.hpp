// Writes a record's items into the fields of one area of a form. A field that the form does not have is passed over:
// check_form has seen to those that it must have. The first refusal is remembered, so that the items of a kind can be
// written down as a list.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/era.hpp"
#include "base/refusal.hpp"
#include "madoguchi/v1/register.pb.h"
#include "paper/content.hpp"
#include "paper/form.hpp"

namespace mado::issuer {

namespace v1 = madoguchi::v1;

class ValueWriter {
 public:
  // Both outlive the writer.
  ValueWriter(const paper::Area& area, const EraTable& eras) : area_(area), eras_(eras) {}

  // Blank if the record has nothing.
  void text(std::string_view field, std::string_view text);
  void required(std::string_view field, std::string_view text);
  void omit(std::string_view field);
  // ＊＊＊ unless it was asked for.
  void chosen(std::string_view field, bool wanted, std::string_view text);
  void chosen_required(std::string_view field, bool wanted, std::string_view text);

  // 氏名 as it stands on paper: a foreign resident's in the alphabet, then in 漢字.
  void required_name(std::string_view field, const v1::Resident& resident);

  void date(std::string_view field, const v1::WrittenDate& date);
  void required_date(std::string_view field, const v1::WrittenDate& date);
  // A foreigner's birth and end of stay: in the western calendar only (標準仕様書 1.1.9).
  void western_date(std::string_view field, const v1::WrittenDate& date);
  void chosen_western_date(std::string_view field, bool wanted, const v1::WrittenDate& date);

  void fail(std::string_view field, std::string_view why);

  // Refusal: record_incomplete, "field: why".
  Outcome<paper::Values> written();

 private:
  std::string printed(std::string_view field, const v1::WrittenDate& date);
  std::string printed_western(std::string_view field, const v1::WrittenDate& date);

  const paper::Area& area_;
  const EraTable& eras_;
  paper::Values values_;
  std::optional<Refusal> refusal_;
};

// 男, 女; blank where the record does not say.
std::string_view sex_text(v1::Sex sex);

// What stands between digits in 戸籍: full-width (昭和４０年６月２１日).
std::string full_width_digits(std::string_view text);

}  // namespace mado::issuer
