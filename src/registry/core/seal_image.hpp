// 印影: the image of a registered seal, printed 1:1.
#pragma once

#include <string_view>

#include "base/bytes.hpp"

namespace mado::registry {

// More than 8 mm and at most 25 mm a side, at 600 dpi (印鑑登録証明事務処理要領).
inline constexpr int least_seal_pixels = 189;
inline constexpr int most_seal_pixels = 591;
inline constexpr std::size_t largest_seal_image = 64 * 1024;  // bytes

// Why `pbm` is no image of a seal; empty if it is one: raw PBM ("P4", width, height, rows of packed bits, black is 1)
// of that size, neither wholly white nor wholly black.
std::string_view why_no_seal_image(ByteView pbm);

}  // namespace mado::registry
