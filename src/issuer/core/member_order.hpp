// In which order the members of a household stand on the 世帯連記式 sheet: 住民記録システム標準仕様書 5.2.
#pragma once

#include <span>
#include <vector>

#include "base/refusal.hpp"
#include "madoguchi/v1/register.pb.h"

namespace mado::issuer {

namespace v1 = madoguchi::v1;

// 世帯主, 配偶者, 子 without a family of their own here; then each 子 with spouse and children, by the 子's birth; then
// parents (the 筆頭者 first), siblings, grandparents; then other kin, 縁故者, 同居人. Ties by birth, then 宛名番号.
//
// A saved order (並び順) overrides all this: whoever has one stands first, in its order; later joiners follow, by the
// rule.
//
// The record does not say which 子 is whose spouse or parent. A 子の妻/夫 or 子の子 is put to the 子 of the same family
// register (本籍 and 筆頭者) and, for a spouse, of the other sex; failing that to the eldest 子 that may be meant; a
// city that wants another order saves it.
//
// The pointers are the given ones. Refusal: record_incomplete if a 続柄 is not of the closed vocabulary.
Outcome<std::vector<const v1::Resident*>> order_members(std::span<const v1::Resident* const> members);

}  // namespace mado::issuer
