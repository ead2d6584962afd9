// 所得証明書: incomes of one year.
#include "issuer/core/certificates/tax_sheet.hpp"

namespace mado::issuer {

Outcome<CertificateSheet> income_certificate(const Making& making) { return tax_sheet(making, "title_income"); }

}  // namespace mado::issuer
