#include "kiosk/edge/screen_address.hpp"

#include "base/bytes.hpp"

namespace mado::kiosk {

namespace {
constexpr std::string_view screen = "/screen?key=";
}

std::string_view file_of_target(std::string_view target) { return target.substr(0, target.find('?')); }

bool opens_screen(std::string_view target, std::string_view key) {
  if (key.empty() || !target.starts_with(screen)) return false;
  return equal_in_constant_time(view_of(target.substr(screen.size())), view_of(key));
}

}  // namespace mado::kiosk
