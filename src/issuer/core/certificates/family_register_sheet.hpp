// 戸籍全部事項証明書 and 戸籍個人事項証明書 are one sheet under two titles; the second shows the chosen persons only.
// Source: 戸籍法13条, 戸籍法施行規則73条 and its form 付録第22号様式. Inside issuer/core/certificates only.
#pragma once

#include <string_view>

#include "issuer/core/certificates/kinds.hpp"

namespace mado::issuer {

// The keys name texts of the form.
Outcome<CertificateSheet> family_register_sheet(const Making& making, std::string_view title,
                                                std::string_view certification);

}  // namespace mado::issuer
