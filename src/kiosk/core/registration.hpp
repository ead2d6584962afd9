// 本籍地利用登録申請: what the citizen types, and what the city answers. Personal: wiped when the session ends.
#pragma once

#include <string>

#include "kiosk/core/typed_digits.hpp"
#include "kiosk/core/typed_kana.hpp"

namespace mado::kiosk {

struct Registration {
  TypedKana applicant;  // 氏名の振り仮名
  TypedKana head;       // 筆頭者の振り仮名
  TypedDate born{eras_of_japan()};
  TypedDigits telephone{most_telephone_digits};
};

// The city keeps the application under this number until its staff decide.
struct Acceptance {
  std::string number;     // 受付番号, at most 20 bytes: shown once, and never logged
  std::string telephone;  // of the city's counter, at most 20 bytes
};

}  // namespace mado::kiosk
