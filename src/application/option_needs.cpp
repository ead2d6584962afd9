#include "application/option_needs.hpp"

#include <algorithm>

namespace mado::application {

v1::Option needed_beside(v1::Option option) {
  return option == v1::OPTION_CHANGES ? v1::OPTION_SHEET_EACH : v1::OPTION_UNSPECIFIED;
}

bool suits(v1::Kind kind, v1::Option option) {
  switch (option) {
    case v1::OPTION_WITHOUT_BUILDING:  // 標準仕様書 5.4
      return kind == v1::KIND_RESIDENCE_ITEMS;
    case v1::OPTION_OVERSEAS_VOTER:
      return kind == v1::KIND_FAMILY_REGISTER_SUPPLEMENT;
    default:
      return true;
  }
}

bool may_choose(v1::Kind kind, v1::Option option, std::span<const v1::Option> chosen) {
  const auto needed = needed_beside(option);
  return suits(kind, option) && (needed == v1::OPTION_UNSPECIFIED || std::ranges::find(chosen, needed) != chosen.end());
}

}  // namespace mado::application
