// The issuer's table [tax]: where its own tax records lie, how they are linked, and how it goes from year to year.
// docs/configuration.md describes each setting.
#pragma once

#include <filesystem>
#include <string>

#include "issuer/edge/stored_tax_records.hpp"
#include "issuer/edge/tax_link.hpp"
#include "operation/settings.hpp"

namespace mado::issuer {

struct TaxSettings {
  std::filesystem::path store;
  std::filesystem::path wrapping_key;
  TaxLinkSettings link;
  TaxIssuing issuing;
};

// What is wrong is remembered by `settings`.
TaxSettings read_tax_settings(operation::Settings& settings);

// Opens the store with the wrapping key, which only its owner may read. Refusals: configuration_invalid,
// storage_failed.
Outcome<std::unique_ptr<TaxStore>> open_tax_store(const TaxSettings& settings, const std::string& city,
                                                  trust::Cryptography& crypto);

}  // namespace mado::issuer
