// 住民票の写し (住民基本台帳法12条).
#include "issuer/core/certificates/residence_sheet.hpp"

namespace mado::issuer {

Outcome<CertificateSheet> residence_copy(const Making& making) {
  MADO_CHECK(check_options(
      making.order, {v1::OPTION_HEAD_AND_RELATION, v1::OPTION_FAMILY_REGISTER, v1::OPTION_INDIVIDUAL_NUMBER,
                     v1::OPTION_KANA, v1::OPTION_NATIONALITY, v1::OPTION_RESIDENCE_CATEGORY,
                     v1::OPTION_RESIDENCE_STATUS, v1::OPTION_PERIOD_OF_STAY, v1::OPTION_EXPIRY_OF_STAY,
                     v1::OPTION_RESIDENCE_CARD, v1::OPTION_ALIAS_RECORDS, v1::OPTION_SHEET_EACH, v1::OPTION_CHANGES}));
  return residence_sheet(making, {"title", "certified_household", "certified_part"});
}

}  // namespace mado::issuer
