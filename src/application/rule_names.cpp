#include "application/rule_names.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace mado::application {

namespace {
template <typename Value>
using Named = std::pair<std::string_view, Value>;

constexpr std::array kinds{
    Named<v1::Kind>{"residence_certificate", v1::KIND_RESIDENCE_CERTIFICATE},
    Named<v1::Kind>{"residence_items", v1::KIND_RESIDENCE_ITEMS},
    Named<v1::Kind>{"seal_certificate", v1::KIND_SEAL_CERTIFICATE},
    Named<v1::Kind>{"family_register_whole", v1::KIND_FAMILY_REGISTER_WHOLE},
    Named<v1::Kind>{"family_register_persons", v1::KIND_FAMILY_REGISTER_PERSONS},
    Named<v1::Kind>{"family_register_supplement", v1::KIND_FAMILY_REGISTER_SUPPLEMENT},
    Named<v1::Kind>{"income", v1::KIND_INCOME},
    Named<v1::Kind>{"taxation", v1::KIND_TAXATION},
    Named<v1::Kind>{"no_taxation", v1::KIND_NO_TAXATION},
    Named<v1::Kind>{"income_and_taxation", v1::KIND_INCOME_AND_TAXATION},
};
constexpr std::array scopes{
    Named<v1::Scope>{"self", v1::SCOPE_SELF},
    Named<v1::Scope>{"members", v1::SCOPE_MEMBERS},
    Named<v1::Scope>{"household", v1::SCOPE_HOUSEHOLD},
};
constexpr std::array groups{
    Named<v1::Group>{"household", v1::GROUP_HOUSEHOLD},
    Named<v1::Group>{"family_register", v1::GROUP_FAMILY_REGISTER},
};
constexpr std::array options{
    Named<v1::Option>{"head_and_relation", v1::OPTION_HEAD_AND_RELATION},
    Named<v1::Option>{"family_register", v1::OPTION_FAMILY_REGISTER},
    Named<v1::Option>{"individual_number", v1::OPTION_INDIVIDUAL_NUMBER},
    Named<v1::Option>{"kana", v1::OPTION_KANA},
    Named<v1::Option>{"nationality", v1::OPTION_NATIONALITY},
    Named<v1::Option>{"residence_category", v1::OPTION_RESIDENCE_CATEGORY},
    Named<v1::Option>{"residence_status", v1::OPTION_RESIDENCE_STATUS},
    Named<v1::Option>{"period_of_stay", v1::OPTION_PERIOD_OF_STAY},
    Named<v1::Option>{"expiry_of_stay", v1::OPTION_EXPIRY_OF_STAY},
    Named<v1::Option>{"residence_card", v1::OPTION_RESIDENCE_CARD},
    Named<v1::Option>{"alias_records", v1::OPTION_ALIAS_RECORDS},
    Named<v1::Option>{"sheet_each", v1::OPTION_SHEET_EACH},
    Named<v1::Option>{"changes", v1::OPTION_CHANGES},
    Named<v1::Option>{"without_building", v1::OPTION_WITHOUT_BUILDING},
    Named<v1::Option>{"overseas_voter", v1::OPTION_OVERSEAS_VOTER},
};

template <typename Value, std::size_t Size>
Value value_of(const std::array<Named<Value>, Size>& known, std::string_view name) {
  const auto found = std::ranges::find(known, name, &Named<Value>::first);
  return found == known.end() ? Value{} : found->second;
}

template <typename Value, std::size_t Size>
std::string_view name_in(const std::array<Named<Value>, Size>& known, Value value) {
  const auto found = std::ranges::find(known, value, &Named<Value>::second);
  return found == known.end() ? std::string_view("unspecified") : found->first;
}
}  // namespace

v1::Kind kind_of(std::string_view name) { return value_of(kinds, name); }
v1::Scope scope_of(std::string_view name) { return value_of(scopes, name); }
v1::Option option_of(std::string_view name) { return value_of(options, name); }
v1::Group group_of(std::string_view name) { return value_of(groups, name); }

std::string_view name_of(v1::Kind kind) { return name_in(kinds, kind); }
std::string_view name_of(v1::Scope scope) { return name_in(scopes, scope); }
std::string_view name_of(v1::Option option) { return name_in(options, option); }
std::string_view name_of(v1::Group group) { return name_in(groups, group); }

std::vector<v1::Kind> all_kinds() {
  std::vector<v1::Kind> all;
  for (const auto& [name, kind] : kinds) all.push_back(kind);
  return all;
}

}  // namespace mado::application
