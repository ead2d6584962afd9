// 戸籍全部事項証明書: everybody in the register, also those who were removed.
#include "issuer/core/certificates/family_register_sheet.hpp"

namespace mado::issuer {

Outcome<CertificateSheet> family_register_whole(const Making& making) {
  if (making.order.scope != v1::SCOPE_HOUSEHOLD) return invalid("the whole register is of everybody in it");
  return family_register_sheet(making, "title_whole", "certified_whole");
}

}  // namespace mado::issuer
