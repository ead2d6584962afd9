// Places where a test may kill the process (強制終了試験): just before and just after each durable write and each
// outside effect. In what is shipped they do nothing.
#pragma once

#include <string_view>

namespace mado::operation {

// Ends the process with SIGKILL, as a loss of power would, if the environment's MADOGUCHI_KILL_AT is `effect`.`moment`.
// `moment` is "before" or "after".
void fault_point(std::string_view effect, std::string_view moment);

// Does `effect` between its two fault points; its result.
template <typename Work>
auto between_fault_points(std::string_view effect, Work&& work) {
  fault_point(effect, "before");
  auto result = work();
  fault_point(effect, "after");
  return result;
}

}  // namespace mado::operation
