#include "registry/core/relation.hpp"

#include <algorithm>
#include <array>

namespace mado::registry {

namespace {
// Longer ones first: the first that fits is taken.
constexpr std::array<std::string_view, 13> atoms{
    "夫（未届）", "妻（未届）", "子（子の夫）", "子（子の妻）", "夫", "妻", "子", "父", "母", "兄", "姉", "弟", "妹"};
constexpr std::string_view of = "の";
constexpr int most_generations = 4;
}  // namespace

bool is_relation(std::string_view text) {
  if (text == head_of_household || text == "縁故者" || text == "同居人") return true;
  for (int generation = 1; generation <= most_generations; ++generation) {
    const auto atom = std::ranges::find_if(atoms, [&](auto candidate) { return text.starts_with(candidate); });
    if (atom == atoms.end()) return false;
    text.remove_prefix(atom->size());
    if (text.empty()) return true;
    if (!text.starts_with(of)) return false;
    text.remove_prefix(of.size());
  }
  return false;
}

}  // namespace mado::registry
