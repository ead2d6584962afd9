// The tax records of a running issuer: what it asks, and the task that keeps them up to date.
#pragma once

#include <memory>
#include <string>

#include "issuer/edge/stored_tax_records.hpp"
#include "issuer/edge/tax_link.hpp"
#include "issuer/edge/tax_settings.hpp"
#include "wire/line.hpp"

namespace mado::issuer {

struct TaxPlace {
  std::unique_ptr<TaxRecords> records = std::make_unique<NoTaxRecords>();
  std::unique_ptr<wire::Channel> channel;  // of the link
  std::unique_ptr<TaxLink> link;           // ends before its channel
};

// Whose records they are, and what they are kept with; all of it outlives the place.
struct TaxSurroundings {
  std::string city;  // 団体コード
  trust::Cryptography& crypto;
  Clock& clock;
};

// Opens the store and begins to link over `channel`, the line to the city's registers. Refusals: configuration_invalid,
// storage_failed.
Outcome<TaxPlace> begin_tax(const TaxSettings& settings, const TaxSurroundings& surroundings,
                            std::unique_ptr<wire::Channel> channel, operation::Metrics& metrics);

}  // namespace mado::issuer
