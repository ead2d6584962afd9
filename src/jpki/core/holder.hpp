// What certificates of JPKI say of their holder.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/refusal.hpp"
#include "base/sensitive.hpp"

namespace mado::jpki {

enum class Sex { male = 1, female = 2 };

// Where the holder lives, as names inside certificates show it. Romanised names are optional.
struct Municipality {
  std::string code;        // 団体コード, 6 digits; certificates hold the first five
  std::string prefecture;  // "Tokyo-to", ≤64 bytes; may be empty
  std::string name;        // "Chiyoda-ku", ≤64 bytes; may be empty
};

// 基本4情報 of a 署名用電子証明書.
struct FourFacts {
  Sensitive<std::string> name;     // 氏名, UTF-8: surname, U+3000, given name
  Sensitive<std::string> address;  // 住所
  Day birth;                       // 生年月日
  Sex sex = Sex::male;
};

// A text as JPKI can hold it: variation selectors are dropped, and `replaced` has one digit for each remaining
// character, 1 where one was (代替文字使用位置).
struct ReplacedText {
  Sensitive<std::string> text;
  std::string replaced;
};
// Refusal: input_invalid for what is not UTF-8 or holds a control character.
Outcome<ReplacedText> replace_characters(std::string_view text);

// "319800217": the era's digit (1 明治 … 5 令和) and the Gregorian date.
std::string coded_birth(Day birth);

}  // namespace mado::jpki
