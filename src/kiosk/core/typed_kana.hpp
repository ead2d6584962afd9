// A name in katakana (振り仮名) as it is typed on the screen's 五十音 keyboard, one key at a time.
#pragma once

#include <string>
#include <string_view>

#include "base/sensitive.hpp"

namespace mado::kiosk {

class TypedKana {
 public:
  static constexpr std::size_t most_characters = 60;  // a space counts

  enum class Mark {
    voiced,       // 濁点: カ → ガ
    half_voiced,  // 半濁点: ハ → パ
    small,        // 小文字: ツ → ッ
  };

  // One key: ア to ン, ー, or the space between two names (U+3000), which is taken between two characters only. Whether
  // it was taken.
  bool type(std::string_view key);
  // Gives the last character the mark, in place of one that it has; takes the same mark away. Whether it could.
  bool mark(Mark mark);
  // Takes the last character away. Whether there was one.
  bool erase();

  // UTF-8, at most 3 * most_characters bytes.
  const std::string& text() const { return text_.reveal(); }
  std::size_t characters() const { return text().size() / 3; }
  // Whether it may be given as a name: something is typed, and no space stands at its end.
  bool complete() const;
  void clear() { text_.clear(); }

 private:
  std::string_view last() const;

  Sensitive<std::string> text_;
};

}  // namespace mado::kiosk
