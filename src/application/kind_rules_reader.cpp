#include "application/kind_rules_reader.hpp"

#include <algorithm>

#include "application/kind_limits.hpp"
#include "application/menu_check.hpp"

namespace mado::application {

namespace {
constexpr std::int64_t most_fee = 10'000;  // yen for one copy
constexpr std::size_t most_campaigns = 16;
constexpr std::int64_t oldest_youngest = 99;  // years

// The values that a list of words names, ascending.
template <typename Value>
std::vector<Value> read_names(RulesReader& reader, const std::string& key, std::vector<std::string> names,
                              Value (*value_of)(std::string_view)) {
  std::vector<Value> values;
  for (const auto& name : names) {
    const auto value = value_of(name);
    if (value == Value{}) {
      reader.complain(key, "does not know \"" + name + "\"");
    } else {
      values.push_back(value);
    }
  }
  std::ranges::sort(values);
  if (std::ranges::adjacent_find(values) != values.end()) reader.complain(key, "names something twice");
  return values;
}

template <typename Value>
void check_within(RulesReader& reader, const std::string& key, const std::vector<Value>& values,
                  const std::vector<Value>& allowed, const std::string& of) {
  for (const auto value : values) {
    if (!std::ranges::binary_search(allowed, value))
      reader.complain(key, "\"" + std::string(name_of(value)) + "\" is not of " + of);
  }
}

bool holds(const std::vector<v1::Option>& options, v1::Option option) {
  return std::ranges::binary_search(options, option);
}

void read_options(RulesReader& reader, const std::string& at, KindRule& kind) {
  auto& settings = reader.settings();
  kind.options =
      read_names(reader, at + ".options", settings.texts(at + ".options", std::vector<std::string>{}), option_of);
  kind.chosen =
      read_names(reader, at + ".chosen", settings.texts(at + ".chosen", std::vector<std::string>{}), option_of);
  check_within(reader, at + ".chosen", kind.chosen, kind.options, "its options");
  // A history of changes stands on a person's own sheet only (異動履歴は個人票のみ).
  for (const auto& [key, options] :
       {std::pair{at + ".options", &kind.options}, std::pair{at + ".chosen", &kind.chosen}}) {
    if (holds(*options, v1::OPTION_CHANGES) && !holds(*options, v1::OPTION_SHEET_EACH))
      reader.complain(key, "\"changes\" needs \"sheet_each\" beside it");
  }
}

void read_campaigns(RulesReader& reader, const std::string& at, KindRule& kind) {
  for (const auto& campaign : reader.tables(at + ".campaign", most_campaigns)) {
    const auto from = reader.moment(campaign + ".from");
    const auto until = reader.moment(campaign + ".until");
    const auto fee = reader.settings().integer(campaign + ".fee", 0, most_fee);
    if (until <= from) reader.complain(campaign + ".until", "must come after from");
    const auto overlaps = [&](const Campaign& other) { return from < other.until && other.from < until; };
    if (std::ranges::any_of(kind.campaigns, overlaps))
      reader.complain(campaign + ".from", "lies within another campaign");
    kind.campaigns.push_back({from, until, static_cast<std::uint32_t>(fee)});
  }
}

// What the service allows this kind, whatever the city wishes.
void check_limits(RulesReader& reader, const std::string& at, const KindRule& kind) {
  const auto* limits = limits_of(kind.kind);
  if (limits == nullptr) return;
  const auto of = std::string(name_of(kind.kind));
  check_within(reader, at + ".scopes", kind.scopes, limits->scopes, of);
  check_within(reader, at + ".options", kind.options, limits->options, of);
  if (kind.group != v1::GROUP_UNSPECIFIED && kind.group != limits->group)
    reader.complain(at + ".group", "of " + of + " is \"" + std::string(name_of(limits->group)) + "\"");
}

v1::Group read_group(RulesReader& reader, const std::string& at, v1::Kind kind) {
  const auto* limits = limits_of(kind);
  if (!reader.settings().has(at + ".group")) return limits == nullptr ? v1::GROUP_HOUSEHOLD : limits->group;
  const auto name = reader.settings().text(at + ".group");
  const auto group = group_of(name);
  if (group == v1::GROUP_UNSPECIFIED) reader.complain(at + ".group", "does not know \"" + name + "\"");
  return group;
}

void read_title_on_paper(RulesReader& reader, const std::string& at, KindRule& kind) {
  const auto key = at + ".title_on_paper";
  if (!reader.settings().has(key)) return;
  kind.title_on_paper = reader.short_text(key, longest_title);
  if (kind.kind == v1::KIND_TAXATION)
    reader.complain(key, "is the form's: whoever is not taxed gets this paper as 非課税証明書");
}
}  // namespace

KindRule read_kind(RulesReader& reader, const std::string& at, const OfferRules& rules) {
  auto& settings = reader.settings();
  KindRule kind;
  const auto name = settings.text(at + ".name");
  kind.kind = kind_of(name);
  if (kind.kind == v1::KIND_UNSPECIFIED && !name.empty())
    reader.complain(at + ".name", "is no kind of certificate: \"" + name + "\"");
  kind.title_ja = reader.short_text(at + ".title_ja", longest_title);
  kind.title_en = reader.short_text(at + ".title_en", longest_title);
  read_title_on_paper(reader, at, kind);
  kind.family = reader.known_family(at + ".family", rules);
  kind.group = read_group(reader, at, kind.kind);
  kind.fee = static_cast<std::uint32_t>(settings.integer(at + ".fee", 0, most_fee));
  kind.youngest = static_cast<int>(settings.integer(at + ".youngest", 0, oldest_youngest, kind.youngest));
  kind.scopes = read_names(reader, at + ".scopes", settings.texts(at + ".scopes"), scope_of);
  if (settings.has(at + ".scopes") && kind.scopes.empty()) reader.complain(at + ".scopes", "must name at least one");
  read_options(reader, at, kind);
  read_campaigns(reader, at, kind);
  check_limits(reader, at, kind);
  return kind;
}

}  // namespace mado::application
