// The 47 prefectures (都道府県) by the first two digits of a 団体コード (JIS X 0401).
#pragma once

#include <string_view>

namespace mado::application {

// The prefecture's name for a reader of English: "Tokyo" for "131016". Empty if there is no such prefecture.
std::string_view prefecture_in_english(std::string_view city_code);

}  // namespace mado::application
