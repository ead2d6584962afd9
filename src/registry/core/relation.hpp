// 続柄, the relation to the head of the household: a closed grammar (住民記録システム標準仕様書 1.1.11).
//   relation := 世帯主 | chain | 縁故者 | 同居人
//   chain    := atom (の atom){0,3}
//   atom     := 夫 妻 夫（未届） 妻（未届） 子 父 母 兄 姉 弟 妹 子（子の夫） 子（子の妻）
#pragma once

#include <string_view>

namespace mado::registry {

inline constexpr std::string_view head_of_household = "世帯主";

bool is_relation(std::string_view text);

}  // namespace mado::registry
