#include "registry/core/columns.hpp"

#include <algorithm>
#include <utility>

namespace mado::registry {

namespace {
constexpr std::array<std::pair<v1::Sex, std::string_view>, 3> sexes{
    {{v1::SEX_UNSPECIFIED, ""}, {v1::SEX_MALE, "male"}, {v1::SEX_FEMALE, "female"}}};

constexpr std::array<std::pair<v1::ResidentState, std::string_view>, 4> states{
    {{v1::RESIDENT_STATE_CURRENT, "current"},
     {v1::RESIDENT_STATE_MOVED, "moved"},
     {v1::RESIDENT_STATE_DEAD, "dead"},
     {v1::RESIDENT_STATE_REMOVED, "removed"}}};

constexpr std::array<std::pair<v1::Suppression, std::string_view>, 6> suppressions{{
    {v1::SUPPRESSION_PROTECTED, "protected"},
    {v1::SUPPRESSION_PROTECTED_PENDING, "protected_pending"},
    {v1::SUPPRESSION_BLOCKED, "blocked"},
    {v1::SUPPRESSION_NOTICE_PENDING, "notice_pending"},
    {v1::SUPPRESSION_MOVING_OUT, "moving_out"},
    {v1::SUPPRESSION_PROVISIONAL, "provisional"},
}};

template <typename Table>
auto value_in(const Table& table, std::string_view word) -> std::optional<typename Table::value_type::first_type> {
  const auto found = std::ranges::find(table, word, [](const auto& entry) { return entry.second; });
  return found == table.end() ? std::nullopt : std::optional(found->first);
}

template <typename Table, typename Value>
std::string_view word_in(const Table& table, Value value) {
  const auto found = std::ranges::find(table, value, [](const auto& entry) { return entry.first; });
  return found == table.end() ? std::string_view{} : found->second;
}
}  // namespace

std::optional<v1::Sex> sex_of(std::string_view word) { return value_in(sexes, word); }
std::optional<v1::ResidentState> state_of(std::string_view word) { return value_in(states, word); }
std::optional<v1::Suppression> suppression_of(std::string_view word) { return value_in(suppressions, word); }
std::string_view word_of(v1::Sex sex) { return word_in(sexes, sex); }
std::string_view word_of(v1::ResidentState state) { return word_in(states, state); }
std::string_view word_of(v1::Suppression suppression) { return word_in(suppressions, suppression); }

}  // namespace mado::registry
