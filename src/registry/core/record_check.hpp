// Whether a whole record may stand in a register, whichever way it came: from files, from a feed, from a city's own
// database. A fault names the record's part and column by the names of the files, and never holds what stands there.
#pragma once

#include <string>

#include "registry/core/record_files.hpp"

namespace mado::registry {

// What is wrong; empty if nothing is.
std::string why_no_household(const v1::Household& household);
std::string why_no_seal(const v1::SealRegistration& seal);
std::string why_no_family_register(const v1::FamilyRegister& record);
std::string why_no_supplement(const v1::RegisterSupplement& record);
std::string why_no_tax(const v1::TaxRecord& record);
std::string why_no_declaration(const v1::TaxDeclaration& declaration);
std::string why_no_addressee(const v1::Addressee& addressee);

// 通称の履歴 and 異動履歴 of one resident.
std::string why_no_histories(const v1::Resident& resident);

}  // namespace mado::registry
