// 住民票の写し and 住民票記載事項証明書 are one sheet under two titles: 世帯連記式, or 個人票 for each member.
// Source: 住民記録システム標準仕様書 1.1, 5.1–5.8. Inside issuer/core/certificates only.
#pragma once

#include <string_view>
#include <vector>

#include "issuer/core/certificates/kinds.hpp"

namespace mado::issuer {

// The texts of the form that a kind takes.
struct ResidenceTexts {
  std::string_view title;
  std::string_view certified_household;  // 世帯全員
  std::string_view certified_part;       // 世帯の一部, 個人
};
inline constexpr std::string_view leaving_text = "leaving";

// Those whom the order chose, in the order of the sheet (5.2). Refusals: as prepare_certificate.
Outcome<std::vector<const v1::Resident*>> chosen_members(const v1::Household& household, const CertificateOrder& order);

// One person's items; `place` counts from 1.
Outcome<paper::FilledRow> person_row(const Making& making, const v1::Resident& resident, std::size_t place);
paper::AreaDemand japanese_demand();
paper::AreaDemand foreign_demand();

// 通称の記載・削除 of those who have any, on a sheet of its own (別紙).
Outcome<void> add_alias_records(const Making& making, const std::vector<const v1::Resident*>& members,
                                std::vector<paper::FilledRow>& rows);
// 異動履歴, without what is withheld (1.1.4).
Outcome<void> add_changes(const Making& making, const v1::Resident& resident, std::vector<paper::FilledRow>& rows);
void demand_alias_records(paper::FormDemand& demand);
void demand_changes(paper::FormDemand& demand);

Outcome<CertificateSheet> residence_sheet(const Making& making, const ResidenceTexts& texts);

}  // namespace mado::issuer
