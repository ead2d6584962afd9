#include "kiosk/core/typed_kana.hpp"

#include <algorithm>
#include <array>

namespace mado::kiosk {

namespace {
constexpr std::size_t bytes_of_kana = 3;  // of katakana, ー and U+3000 in UTF-8
constexpr std::string_view space = "　";
constexpr std::string_view keys =
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンー";

struct Marked {
  std::string_view plain;
  std::array<std::string_view, 3> with;  // by Mark; empty: it takes none
};
constexpr std::array marked_kana{
    Marked{"ア", {"", "", "ァ"}},   Marked{"イ", {"", "", "ィ"}},   Marked{"ウ", {"ヴ", "", "ゥ"}},
    Marked{"エ", {"", "", "ェ"}},   Marked{"オ", {"", "", "ォ"}},   Marked{"カ", {"ガ", "", ""}},
    Marked{"キ", {"ギ", "", ""}},   Marked{"ク", {"グ", "", ""}},   Marked{"ケ", {"ゲ", "", ""}},
    Marked{"コ", {"ゴ", "", ""}},   Marked{"サ", {"ザ", "", ""}},   Marked{"シ", {"ジ", "", ""}},
    Marked{"ス", {"ズ", "", ""}},   Marked{"セ", {"ゼ", "", ""}},   Marked{"ソ", {"ゾ", "", ""}},
    Marked{"タ", {"ダ", "", ""}},   Marked{"チ", {"ヂ", "", ""}},   Marked{"ツ", {"ヅ", "", "ッ"}},
    Marked{"テ", {"デ", "", ""}},   Marked{"ト", {"ド", "", ""}},   Marked{"ハ", {"バ", "パ", ""}},
    Marked{"ヒ", {"ビ", "ピ", ""}}, Marked{"フ", {"ブ", "プ", ""}}, Marked{"ヘ", {"ベ", "ペ", ""}},
    Marked{"ホ", {"ボ", "ポ", ""}}, Marked{"ヤ", {"", "", "ャ"}},   Marked{"ユ", {"", "", "ュ"}},
    Marked{"ヨ", {"", "", "ョ"}},   Marked{"ワ", {"", "", "ヮ"}},
};

bool is_key(std::string_view key) {
  if (key.size() != bytes_of_kana) return false;
  for (std::size_t at = 0; at < keys.size(); at += bytes_of_kana) {
    if (keys.substr(at, bytes_of_kana) == key) return true;
  }
  return false;
}

// The row of `character`, which may have a mark already; none if it takes none.
const Marked* row_of(std::string_view character) {
  const auto found = std::ranges::find_if(marked_kana, [&](const Marked& row) {
    return row.plain == character || std::ranges::find(row.with, character) != row.with.end();
  });
  return character.empty() || found == marked_kana.end() ? nullptr : &*found;
}
}  // namespace

std::string_view TypedKana::last() const {
  const std::string_view text = text_.reveal();
  return text.empty() ? text : text.substr(text.size() - bytes_of_kana);
}

bool TypedKana::type(std::string_view key) {
  if (characters() >= most_characters) return false;
  const bool taken = key == space ? complete() : is_key(key);
  if (!taken) return false;
  auto& text = text_.reveal();
  text.reserve(most_characters * bytes_of_kana);  // so that nothing is left behind when it grows
  text.append(key);
  return true;
}

bool TypedKana::mark(Mark mark) {
  const auto* row = row_of(last());
  if (row == nullptr) return false;
  const auto marked = row->with.at(static_cast<std::size_t>(mark));
  if (marked.empty()) return false;
  const auto wanted = last() == marked ? row->plain : marked;
  auto& text = text_.reveal();
  text.replace(text.size() - bytes_of_kana, bytes_of_kana, wanted);
  return true;
}

bool TypedKana::erase() {
  auto& text = text_.reveal();
  if (text.empty()) return false;
  text.resize(text.size() - bytes_of_kana);
  return true;
}

bool TypedKana::complete() const { return !last().empty() && last() != space; }

}  // namespace mado::kiosk
