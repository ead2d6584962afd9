// 所得課税証明書: incomes and tax on one sheet, whether taxed or not.
#include "issuer/core/certificates/tax_sheet.hpp"

namespace mado::issuer {

Outcome<CertificateSheet> income_and_taxation_certificate(const Making& making) {
  return tax_sheet(making, "title_income_and_taxation");
}

}  // namespace mado::issuer
