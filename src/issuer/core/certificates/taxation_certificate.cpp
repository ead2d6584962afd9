// 課税証明書. Whoever is not taxed gets the same sheet under the title 非課税証明書.
#include "issuer/core/certificates/tax_sheet.hpp"

namespace mado::issuer {

Outcome<CertificateSheet> taxation_certificate(const Making& making) {
  MADO_TRY(record, tax_record(making));
  return tax_sheet(making, record->annual_tax() == 0 ? "title_no_taxation" : "title_taxation");
}

}  // namespace mado::issuer
