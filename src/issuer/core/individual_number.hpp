// 個人番号: twelve digits, the last a check digit (番号利用法施行令 8条, 総務省令 5条).
#pragma once

#include <string_view>

namespace mado::issuer {

bool is_individual_number(std::string_view digits);

}  // namespace mado::issuer
