// The certificates of individual municipal tax (個人住民税) are one sheet under four titles. Source: mission.md (千葉):
// 賦課 期日氏名, 賦課期日住所, 課税年度, 合計所得金額, 課税額, 所得, 控除 and 課税標準額 by kind. Inside
// issuer/core/certificates only.
#pragma once

#include <string_view>

#include "issuer/core/certificates/kinds.hpp"

namespace mado::issuer {

// The record, after what holds for every tax certificate has been looked at: one person, the holder's own, declared.
// Refusals: as prepare_certificate.
Outcome<const v1::TaxRecord*> tax_record(const Making& making);

// `title` names a text of the form.
Outcome<CertificateSheet> tax_sheet(const Making& making, std::string_view title);

}  // namespace mado::issuer
