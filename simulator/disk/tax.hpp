// The issuer's own tax records (賦課情報) of one year, as issuer/edge/stored_tax_records answers from its store.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/instant.hpp"
#include "issuer/core/tax_records.hpp"

namespace mado::simulator {

// A city's, shared by its issuer's nodes.
struct TaxContent {
  std::map<std::string, v1::TaxRecord> records;  // by 宛名番号
  std::optional<Instant> year_changing;          // since when it is between two years (年度切替)
};

class TaxStandIn final : public issuer::TaxRecords {
 public:
  explicit TaxStandIn(const TaxContent& content) : content_(content) {}

  Outcome<issuer::HeldTaxRecord> find(std::string_view resident) override {
    if (content_.year_changing) return refuse(Reason::tax_year_changing, "between two tax years");
    const auto found = content_.records.find(std::string(resident));
    if (found == content_.records.end()) return refuse(Reason::tax_record_not_found, "no record of this person");
    return issuer::HeldTaxRecord{found->second};
  }

 private:
  const TaxContent& content_;
};

}  // namespace mado::simulator
