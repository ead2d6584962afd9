// What the registers and the tax link hold of people, written from the truth. Every record says which edition of itself
// it is, where a paper shows it: so a paper can be asked which one was drawn.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "madoguchi/v1/records.pb.h"
#include "simulator/city/population.hpp"
#include "simulator/disk/register.hpp"

namespace mado::simulator {

// A record by its name ("seal 131016000001000"), and which edition of it.
struct RecordEdition {
  std::string record;
  unsigned edition = 0;

  std::string text() const { return record + " " + std::to_string(edition); }
  static std::optional<RecordEdition> read(std::string_view text);
};

RecordEdition address_of(const Household& household);
RecordEdition seal_of(const Resident& resident);
RecordEdition family_register_of(const Family& family);
RecordEdition supplement_of(const Family& family);
RecordEdition tax_record_of(const Resident& resident);

registry::ResidentRow resident_row(const Resident& resident);
v1::SealRegistration seal_record(const Resident& resident);
v1::FamilyRegister family_register_record(const Family& family);
v1::RegisterSupplement supplement_record(const Family& family);
v1::TaxRecord tax_record(const Resident& resident);
// A row that says that `person` has it.
registry::CardRow card_row(const Card& card, const std::string& person, bool family_register_only = false);

// A city's registers, and the tax records of its residents by 宛名番号, as they are at first.
RegisterContent first_registers(const Population& population, const std::string& city);
std::map<std::string, v1::TaxRecord> first_tax_records(const Population& population, const std::string& city);

}  // namespace mado::simulator
