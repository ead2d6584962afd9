// Invented people for proof sheets and golden tests: one household whose members stand in every register. 個人番号 only
// have right check digits.
#pragma once

#include "issuer/core/certificates/certificate.hpp"

namespace mado::proof {

namespace v1 = madoguchi::v1;

// 渡邉󠄐　太郎 with wife and two children, their seal, 戸籍 and 附票.
v1::HouseholdSnapshot family();
// `family()` with children until there are `members`.
v1::HouseholdSnapshot family_of(int members);
// ZHANG YULIN　張　玉蓮 (通称 山田　玉子), alone in her household.
v1::HouseholdSnapshot foreign_household();
// The holder's, 令和8年度, with an amount or count for every item that the standard form has.
v1::TaxRecord tax_record(const v1::HouseholdSnapshot& snapshot);
// 非課税: no base, and nothing of any tax.
void make_untaxed(v1::TaxRecord& record);

// A whole order of that kind, with everything that may be asked for. `each`: as 個人票.
issuer::CertificateOrder order_of(v1::Kind kind, const v1::HouseholdSnapshot& snapshot, bool each = false);

// 21 November 2026.
Day today();
issuer::AuthorityTerms authorities();

}  // namespace mado::proof
