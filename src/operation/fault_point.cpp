#include "operation/fault_point.hpp"

#ifdef MADOGUCHI_FAULT_POINTS
#include <csignal>
#include <cstdlib>
#include <string>
#endif

namespace mado::operation {

#ifdef MADOGUCHI_FAULT_POINTS
void fault_point(std::string_view effect, std::string_view moment) {
  static const char* const wanted = std::getenv("MADOGUCHI_KILL_AT");  // NOLINT: read once, never set by us
  if (wanted != nullptr && std::string(effect) + "." + std::string(moment) == wanted) std::raise(SIGKILL);
}
#else
void fault_point(std::string_view, std::string_view) {}
#endif

}  // namespace mado::operation
