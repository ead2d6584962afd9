// Fields of tax items: "incomes.salary", the block of the record and the word of docs/registers.md. The Japanese names
// and their order are on the form; a city leaves out what it does not certify.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace mado::issuer {

enum class TaxGroup { income, deduction, base, tax, person };

// Every field of a group.
std::span<const std::string_view> fields_of(TaxGroup group);
// The field of a record's word, known or not.
std::string field_of(TaxGroup group, std::string_view word);

}  // namespace mado::issuer
