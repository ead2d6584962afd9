// What the rows of the entitlement table ask of a claim. Inside issuer/core only.
#pragma once

#include "issuer/core/entitlement.hpp"

namespace mado::issuer {

bool at_domicile(const Claim& claim);  // 本籍地
bool card_is_ambiguous(const Claim& claim);
bool card_is_known(const Claim& claim);
bool known_by_register_alone(const Claim& claim);  // 利用登録 of somebody who lives elsewhere

// Whether nothing is missing of a register, and it was heard of lately. One that says nothing of itself is not fresh.
bool is_fresh(const Claim& claim, v1::RecordKind record);
// 附票 rests on 住民記録 as well (a resident's suppression stands in it), and on 戸籍 for a card that is known by that.
bool supplement_is_stale(const Claim& claim);

bool household_is_too_large(const Claim& claim);
bool holder_is_missing(const Claim& claim);
bool holder_is_not_current(const Claim& claim);
bool holder_is_too_young(const Claim& claim);
// A cause that is in force for anybody of the household, or a 転出届 of theirs: fail closed.
bool household_is_kept_back(const Claim& claim);
// The same for anybody in the record, removed (除籍) or not, since their entries stay on the paper.
bool family_register_is_kept_back(const Claim& claim);
bool supplement_is_kept_back(const Claim& claim);

template <Reason reason>
bool tax_is_refused_as(const Claim& claim) {
  return claim.tax != nullptr && !*claim.tax && claim.tax->error().reason == reason;
}
bool tax_is_unreadable(const Claim& claim);
bool tax_is_not_declared(const Claim& claim);
bool holder_is_taxed(const Claim& claim);

}  // namespace mado::issuer
