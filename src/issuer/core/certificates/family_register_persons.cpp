// 戸籍個人事項証明書: everything that is recorded of the chosen persons.
#include "issuer/core/certificates/family_register_sheet.hpp"

namespace mado::issuer {

Outcome<CertificateSheet> family_register_persons(const Making& making) {
  return family_register_sheet(making, "title_persons", "certified_persons");
}

}  // namespace mado::issuer
