// 非課税証明書: only of somebody who is not taxed.
#include "issuer/core/certificates/tax_sheet.hpp"

namespace mado::issuer {

Outcome<CertificateSheet> no_taxation_certificate(const Making& making) {
  MADO_TRY(record, tax_record(making));
  if (record->annual_tax() != 0) return refuse(Reason::taxed, "the holder is taxed");
  return tax_sheet(making, "title_no_taxation");
}

}  // namespace mado::issuer
