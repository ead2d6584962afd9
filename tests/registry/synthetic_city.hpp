// A whole synthetic city in memory, as tests look things up in it.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "registry/core/synthesis.hpp"

namespace mado::registry {

inline SyntheticCity city_of(std::uint64_t residents, std::uint64_t seed = 1, std::string code = "131016") {
  return {std::move(code), "東京都", "千代田区", seed, residents, *parse_day("2026-04-01")};
}

struct WholeCity {
  std::vector<CityPart> parts;
  std::map<std::string, ResidentRow> residents;                      // by 宛名番号
  std::map<std::string, SyntheticSeal> seals;                        // by 宛名番号
  std::map<std::string, const v1::FamilyRegister*> stands_in;        // by 宛名番号, of whoever stands in one now
  std::map<std::string, const v1::RegisterSupplement*> supplements;  // by 戸籍番号
  std::map<std::string, v1::Addressee> addressees;                   // by 宛名番号
  std::map<std::pair<std::string, std::uint32_t>, v1::TaxRecord> tax_records;

  const v1::TaxRecord* tax_record(const std::string& resident, std::uint32_t year) const {
    const auto found = tax_records.find({resident, year});
    return found == tax_records.end() ? nullptr : &found->second;
  }
};

inline WholeCity whole_city(const SyntheticCity& of) {
  WholeCity all;
  synthesise(of, [&](const CityPart& part) { all.parts.push_back(part); });
  for (const auto& part : all.parts) {
    for (const auto& row : part.residents) all.residents[row.resident.number()] = row;
    for (const auto& seal : part.seals) all.seals[seal.resident] = seal;
    for (const auto& addressee : part.addressees) all.addressees[addressee.number()] = addressee;
    for (const auto& record : part.supplements) all.supplements[record.number()] = &record;
    for (const auto& record : part.tax_records) all.tax_records[{record.resident(), record.fiscal_year()}] = record;
    for (const auto& record : part.family_registers) {
      for (const auto& person : record.persons()) {
        if (!person.removed() && !person.resident().empty()) all.stands_in[person.resident()] = &record;
      }
    }
  }
  return all;
}

}  // namespace mado::registry
