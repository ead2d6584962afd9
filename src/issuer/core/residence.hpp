// 住民票の写し（世帯連記式）: from one consistent snapshot of a household to the pages of one copy. No I/O and no
// clock: the form, the font and the seal are handed in. Sources: 住民記録システム標準仕様書 1.1, 5.1–5.8.
#pragma once

#include <string>
#include <vector>

#include "base/era.hpp"
#include "base/instant.hpp"
#include "base/refusal.hpp"
#include "madoguchi/v1/register.pb.h"
#include "madoguchi/v1/statements.pb.h"
#include "paper/compose.hpp"

namespace mado::issuer {

namespace v1 = madoguchi::v1;

// 認証者, printed as 東京都千代田区長　氏名. None may be empty.
struct Authority {
  std::string prefecture;  // 東京都
  std::string title;       // 千代田区長
  std::string name;
};

struct ResidenceOptions {
  bool head_and_relation = false;  // 世帯主・続柄
  bool family_register = false;    // 本籍・筆頭者
  bool individual_number = false;  // 個人番号
};

// Each kind may be asked for once. Refusal: option_not_offered for any other option, or the same twice.
Outcome<ResidenceOptions> residence_options(const std::vector<v1::Option>& options);

struct ResidenceCopy {
  std::vector<std::string> residents;  // 宛名番号 of those to be drawn, in any order
  v1::Scope scope = v1::SCOPE_UNSPECIFIED;
  ResidenceOptions options;
  Day issued_on;
  std::string issuance_number;  // 発行番号 of this copy, ≤120 bytes
  Authority authority;
};

struct ResidencePaper {
  std::vector<paper::EncodedImage> pages;
  std::vector<std::string> drawn_residents;  // 宛名番号, taken from the blocks that were drawn, in their order
};

// What drawing needs; all of it outlives the calls. `form` must have passed check_residence_form.
struct ResidenceTools {
  const paper::Form& form;
  const paper::Font& font;
  const paper::Seal& seal;
  const EraTable& eras = eras_of_japan();
};

// Whether a form holds every field and text that this certificate draws, and demands none that it does not. Refusal:
// configuration_invalid, naming the field or text. Asked once, when a form is loaded.
Outcome<void> check_residence_form(const paper::Form& form);

// What stands on a copy. Refusals: application_invalid for an empty or double choice, a scope that does not fit it, an
// empty issuance number or authority; person_not_in_household; cannot_be_issued if a chosen person is not 現存 or is
// suppressed; record_incomplete for a household without exactly one head, an unknown 続柄, a 個人番号 whose check digit
// is wrong, or a missing item that the record must have. A cause names the item, never its content.
Outcome<paper::Content> residence_content(const ResidenceTools& tools, const v1::Household& household,
                                          const ResidenceCopy& copy);

// The same, composed. Refusals: as above, and what paper::compose refuses.
Outcome<ResidencePaper> compose_residence(const ResidenceTools& tools, const v1::Household& household,
                                          const ResidenceCopy& copy);

}  // namespace mado::issuer
