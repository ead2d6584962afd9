#include "base/crash_point.hpp"

#ifndef MADOGUCHI_NO_CRASH_POINTS
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <string>

namespace mado {

namespace {
// The environment is read once: nothing here changes it.
const std::string& said() {
  static const char* const value = std::getenv("MADOGUCHI_KILL_AT");  // NOLINT
  static const std::string text = value == nullptr ? "" : value;
  return text;
}

std::string wanted() {
  if (!said().starts_with('@')) return said();
  std::ifstream file(said().substr(1));
  std::string line;
  std::getline(file, line);
  return line;
}

std::vector<std::string_view>& names() {
  static std::vector<std::string_view> all;
  return all;
}

// How often the wanted point has been passed since it was wanted.
struct Count {
  std::mutex mutex;
  std::string of;
  unsigned passed = 0;
};
}  // namespace

void pass(CrashPoint point, Moment moment) {
  if (said().empty()) return;
  const auto here = std::string(point.name()) + (moment == Moment::before ? ".before" : ".after");
  const auto target = wanted();
  if (!target.starts_with(here)) return;
  unsigned time = 1;
  if (const auto rest = std::string_view(target).substr(here.size()); rest.starts_with('#')) {
    std::from_chars(rest.data() + 1, rest.data() + rest.size(), time);
  } else if (!rest.empty()) {
    return;
  }
  static Count count;
  const std::lock_guard lock(count.mutex);
  if (count.of != target) {
    count.of = target;
    count.passed = 0;
  }
  if (++count.passed == time) std::raise(SIGKILL);
}

bool list_crash_point(const char* name) {
  names().emplace_back(name);
  return true;
}

std::vector<std::string_view> crash_points() {
  auto all = names();
  std::ranges::sort(all);
  const auto repeated = std::ranges::unique(all);
  all.erase(repeated.begin(), repeated.end());
  return all;
}

}  // namespace mado
#endif
