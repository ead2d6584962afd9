#include "issuer/core/certificates/value_writer.hpp"

#include "base/sensitive.hpp"

namespace mado::issuer {

using paper::Value;

void ValueWriter::text(std::string_view field, std::string_view text) {
  if (area_.field(field) != nullptr) values_.insert_or_assign(std::string(field), Value::of(text));
}

void ValueWriter::required(std::string_view field, std::string_view value) {
  if (value.empty()) fail(field, "is missing");
  text(field, value);
}

void ValueWriter::omit(std::string_view field) { text(field, paper::omitted_mark); }

void ValueWriter::chosen(std::string_view field, bool wanted, std::string_view value) {
  wanted ? text(field, value) : omit(field);
}

void ValueWriter::chosen_required(std::string_view field, bool wanted, std::string_view value) {
  wanted ? required(field, value) : omit(field);
}

void ValueWriter::required_name(std::string_view field, const v1::Resident& resident) {
  auto name = resident.name();
  const auto& kanji = resident.foreign().name_kanji();
  if (!name.empty() && !kanji.empty()) name += "　";
  name += kanji;
  required(field, name);
  wipe(name);
}

void ValueWriter::date(std::string_view field, const v1::WrittenDate& date) {
  auto text_of_date = printed(field, date);
  text(field, text_of_date);
  wipe(text_of_date);
}

void ValueWriter::required_date(std::string_view field, const v1::WrittenDate& date) {
  auto text_of_date = printed(field, date);
  required(field, text_of_date);
  wipe(text_of_date);
}

void ValueWriter::western_date(std::string_view field, const v1::WrittenDate& date) {
  auto text_of_date = printed_western(field, date);
  text(field, text_of_date);
  wipe(text_of_date);
}

void ValueWriter::chosen_western_date(std::string_view field, bool wanted, const v1::WrittenDate& date) {
  wanted ? western_date(field, date) : omit(field);
}

std::string ValueWriter::printed(std::string_view field, const v1::WrittenDate& date) {
  auto text_of_date = recorded_date(date.day(), date.written(), eras_);
  if (text_of_date) return *std::move(text_of_date);
  fail(field, text_of_date.error().cause);
  return {};
}

std::string ValueWriter::printed_western(std::string_view field, const v1::WrittenDate& date) {
  if (!date.written().empty() || date.day().empty()) return printed(field, date);
  if (const auto day = parse_day(date.day())) return mado::western_date(*day);
  fail(field, "a date of the record is no day of the calendar");
  return {};
}

void ValueWriter::fail(std::string_view field, std::string_view why) {
  if (!refusal_) refusal_ = Refusal{Reason::record_incomplete, std::string(field) + ": " + std::string(why)};
}

Outcome<paper::Values> ValueWriter::written() {
  if (refusal_) return std::unexpected(*std::move(refusal_));
  return std::move(values_);
}

std::string_view sex_text(v1::Sex sex) {
  if (sex == v1::SEX_MALE) return "男";
  if (sex == v1::SEX_FEMALE) return "女";
  return "";
}

std::string full_width_digits(std::string_view text) {
  constexpr std::string_view digits = "０１２３４５６７８９";
  constexpr std::size_t digit_bytes = 3;
  std::string wide;
  for (const char c : text) {
    if (c >= '0' && c <= '9')
      wide += digits.substr(static_cast<std::size_t>(c - '0') * digit_bytes, digit_bytes);
    else
      wide += c;
  }
  return wide;
}

}  // namespace mado::issuer
