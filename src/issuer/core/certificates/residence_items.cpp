// 住民票記載事項証明書: items of the record rather than its copy; alone it may leave 方書 out (標準仕様書 5.4).
#include "issuer/core/certificates/residence_sheet.hpp"

namespace mado::issuer {

Outcome<CertificateSheet> residence_items(const Making& making) {
  MADO_CHECK(check_options(
      making.order,
      {v1::OPTION_HEAD_AND_RELATION, v1::OPTION_FAMILY_REGISTER, v1::OPTION_INDIVIDUAL_NUMBER, v1::OPTION_KANA,
       v1::OPTION_NATIONALITY, v1::OPTION_RESIDENCE_CATEGORY, v1::OPTION_RESIDENCE_STATUS, v1::OPTION_PERIOD_OF_STAY,
       v1::OPTION_EXPIRY_OF_STAY, v1::OPTION_RESIDENCE_CARD, v1::OPTION_ALIAS_RECORDS, v1::OPTION_SHEET_EACH,
       v1::OPTION_CHANGES, v1::OPTION_WITHOUT_BUILDING}));
  return residence_sheet(making, {"title_items", "certified_items", "certified_items"});
}

}  // namespace mado::issuer
