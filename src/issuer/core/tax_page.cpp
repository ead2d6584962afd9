#include "issuer/core/tax_page.hpp"

#include <algorithm>
#include <string>

namespace mado::issuer {

namespace {
constexpr int most_records = 500;
constexpr std::size_t register_number_digits = 15;
constexpr std::size_t longest_name = 400;
constexpr std::size_t longest_address = 400;
constexpr int most_incomes = 64;
constexpr int most_deductions = 64;
constexpr int most_bases = 32;
constexpr int most_taxes = 64;
constexpr int most_persons = 32;

bool is_register_number(const std::string& number) {
  return number.size() == register_number_digits &&
         std::ranges::all_of(number, [](char digit) { return digit >= '0' && digit <= '9'; });
}

bool within_bounds(const v1::TaxRecord& record) {
  return record.name().size() <= longest_name && record.address().size() <= longest_address &&
         record.incomes_size() <= most_incomes && record.deductions_size() <= most_deductions &&
         record.bases_size() <= most_bases && record.taxes_size() <= most_taxes &&
         record.persons_size() <= most_persons;
}

// Empty, or what is wrong with the record.
const char* why_no_record(const v1::TaxYearQuery& asked, const std::string& after, const v1::TaxRecord& record) {
  if (record.fiscal_year() != asked.fiscal_year()) return "is of another year";
  if (!is_register_number(record.resident())) return "names no 宛名番号";
  if (record.resident() <= after) return "does not ascend";
  if (record.position() <= asked.changed_after()) return "was not changed after the position that was asked for";
  if (!within_bounds(record)) return "is larger than the contract says";
  return nullptr;
}
}  // namespace

Outcome<void> check_tax_page(const v1::TaxYearQuery& asked, const v1::TaxYearPage& page) {
  const auto malformed = [](std::string why) {
    return refuse(Reason::message_malformed, "a page of the tax link " + why);
  };
  if (page.records_size() > most_records) return malformed("has more than 500 records");
  if (page.records_size() == 0 && !page.last()) return malformed("is empty, and not the last");
  const std::string* after = &asked.after();
  for (int i = 0; i < page.records_size(); ++i) {
    const auto& record = page.records(i);
    if (const auto* why = why_no_record(asked, *after, record))
      return malformed("is refused: its record " + std::to_string(i + 1) + " " + why);
    after = &record.resident();
  }
  return {};
}

}  // namespace mado::issuer
