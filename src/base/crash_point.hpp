// Crash points (強制終了点): the moments just before and just after each durable write and each outside effect. What
// makes something durable or moves something outside takes a point's name, and does not compile without. A build for
// tests lists its points and may be killed at them (docs/crash-points.md); in what is shipped nothing of this is left.
//   database->write("case_closed"_point, "UPDATE …", {…});
//   between("capture"_point, [&] { return acceptor.capture(due); });
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace mado {

// A name of lower-case letters and underscores, once in the tree: tests/house checks it.
template <std::size_t size>
struct PointName {
  consteval PointName(const char (&letters)[size]) { std::copy_n(letters, size, text); }
  char text[size]{};
};

#ifdef MADOGUCHI_NO_CRASH_POINTS

class CrashPoint {};
template <PointName name>
constexpr CrashPoint operator""_point() {
  return {};
}
template <typename Work>
auto between(CrashPoint, Work&& work) {
  return std::forward<Work>(work)();
}

#else

class CrashPoint {
 public:
  explicit constexpr CrashPoint(const char* name) : name_(name) {}
  constexpr std::string_view name() const { return name_; }

 private:
  const char* name_;
};

enum class Moment { before, after };

// Ends the process with SIGKILL if the environment's MADOGUCHI_KILL_AT says NAME.before or NAME.after of this point;
// with #N behind it, when the point is passed for the N-th time. It may also say @FILE: the file's first line is then
// read at every point, so that a running process can be armed.
void pass(CrashPoint point, Moment moment);

// Adds a name to `crash_points`; true.
bool list_crash_point(const char* name);

// Every point of this program, in alphabetical order, whether it has been passed or not.
std::vector<std::string_view> crash_points();

// Begun with the program, for each name that the program contains.
template <PointName name>
inline const bool listed_point = list_crash_point(name.text);

template <PointName name>
CrashPoint operator""_point() {
  static_cast<void>(&listed_point<name>);
  return CrashPoint{name.text};
}

// Does `work` between the two moments of its point; its result.
template <typename Work>
auto between(CrashPoint point, Work&& work) {
  pass(point, Moment::before);
  auto result = std::forward<Work>(work)();
  pass(point, Moment::after);
  return result;
}

#endif

}  // namespace mado
