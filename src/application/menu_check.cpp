#include "application/menu_check.hpp"

#include <algorithm>
#include <set>

#include "application/chain.hpp"

namespace mado::application {

namespace {
constexpr int most_kinds = 16;
constexpr std::uint32_t most_fee = 10'000;  // yen
constexpr std::size_t handle_size = 16;
constexpr std::size_t longest_name = 400;  // bytes
constexpr std::size_t longest_code = 40;

// Ascending without a duplicate, and none unspecified.
bool is_ascending(const google::protobuf::RepeatedField<int>& values) {
  return std::ranges::adjacent_find(values, std::greater_equal{}) == values.end() &&
         (values.empty() || values.Get(0) > 0);
}

bool are_among(const google::protobuf::RepeatedField<int>& values, const google::protobuf::RepeatedField<int>& all) {
  return std::ranges::includes(all, values);  // both ascend
}

bool is_within_bounds(const v1::MenuKind& kind) {
  return kind.kind() != v1::KIND_UNSPECIFIED && kind.title_ja().size() <= longest_title &&
         kind.title_en().size() <= longest_title && kind.fee() <= most_fee && is_ascending(kind.scopes()) &&
         is_ascending(kind.options()) && is_ascending(kind.chosen()) && are_among(kind.chosen(), kind.options()) &&
         kind.unavailable().size() <= longest_code;
}

bool is_within_bounds(const v1::MenuPerson& person) {
  return person.handle().size() == handle_size && person.name().size() <= longest_name && is_ascending(person.groups());
}

std::unexpected<Refusal> out_of_bounds(std::string_view what) {
  return refuse(Reason::message_malformed, "a menu is not within its bounds: " + std::string(what));
}
}  // namespace

Outcome<void> check_menu(const v1::Menu& menu) {
  std::set<int> kinds;
  for (const auto& kind : menu.kinds()) {
    if (!is_within_bounds(kind) || !kinds.insert(kind.kind()).second) return out_of_bounds("a kind");
  }
  if (kinds.empty() || menu.kinds_size() > most_kinds) return out_of_bounds("how many kinds");
  std::set<std::string> handles;
  int holders = 0;
  for (const auto& person : menu.persons()) {
    if (!is_within_bounds(person) || !handles.insert(person.handle()).second) return out_of_bounds("a person");
    holders += person.holder() ? 1 : 0;
  }
  if (holders != 1 || menu.persons_size() > most_persons) return out_of_bounds("how many persons or holders");
  if (menu.most_copies() == 0 || menu.most_copies() > most_copies) return out_of_bounds("most_copies");
  if (menu.telephone().size() > longest_telephone) return out_of_bounds("telephone");
  return {};
}

}  // namespace mado::application
