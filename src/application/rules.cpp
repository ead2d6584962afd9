#include "application/rules.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "application/menu_check.hpp"

namespace mado::application {

namespace {
constexpr std::array kind_names{std::pair{std::string_view("residence_certificate"), v1::KIND_RESIDENCE_CERTIFICATE}};
constexpr std::array scope_names{std::pair{std::string_view("self"), v1::SCOPE_SELF},
                                 std::pair{std::string_view("members"), v1::SCOPE_MEMBERS},
                                 std::pair{std::string_view("household"), v1::SCOPE_HOUSEHOLD}};
constexpr std::array option_names{std::pair{std::string_view("head_and_relation"), v1::OPTION_HEAD_AND_RELATION},
                                  std::pair{std::string_view("family_register"), v1::OPTION_FAMILY_REGISTER},
                                  std::pair{std::string_view("individual_number"), v1::OPTION_INDIVIDUAL_NUMBER}};

template <typename Value, std::size_t Size>
std::vector<Value> read_names(operation::Settings& settings, const std::string& key,
                              const std::array<std::pair<std::string_view, Value>, Size>& known) {
  std::vector<Value> values;
  for (const auto& name : settings.texts(key)) {
    const auto found = std::ranges::find(known, name, [](const auto& entry) { return std::string(entry.first); });
    if (found == known.end()) {
      settings.complain(key, "does not know \"" + name + "\"");
    } else {
      values.push_back(found->second);
    }
  }
  std::ranges::sort(values);
  if (std::ranges::adjacent_find(values) != values.end()) settings.complain(key, "names something twice");
  return values;
}

// What a menu carries is bounded by its contract: a longer text would make every kiosk refuse the menu.
std::string read_short_text(operation::Settings& settings, const std::string& key, std::size_t longest) {
  auto text = settings.text(key);
  if (text.size() > longest) settings.complain(key, "must have at most " + std::to_string(longest) + " bytes");
  return text;
}

// Two digits; -1 for anything else.
int two_digits(std::string_view text) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return text.size() == 2 && digit(text[0]) && digit(text[1]) ? (text[0] - '0') * 10 + text[1] - '0' : -1;
}

// "06:30" → 390; -1 for anything else.
int minutes_of(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return -1;
  const int hour = two_digits(text.substr(0, 2));
  const int minute = two_digits(text.substr(3));
  if (hour < 0 || minute < 0 || minute > 59 || hour * 60 + minute > 24 * 60) return -1;
  return hour * 60 + minute;
}

// "12-29", of any year: 02-29 is one, too.
bool is_day_of_year(const std::string& text) { return parse_day("2000-" + text).has_value(); }

void read_hours(operation::Settings& settings, OfferRules& rules) {
  const auto hours = settings.text("rules.hours", "06:30-23:00");
  rules.opens_at = hours.size() == 11 && hours[5] == '-' ? minutes_of(std::string_view(hours).substr(0, 5)) : -1;
  rules.closes_at = rules.opens_at < 0 ? -1 : minutes_of(std::string_view(hours).substr(6));
  if (rules.closes_at <= rules.opens_at) settings.complain("rules.hours", "must be like \"06:30-23:00\"");
  rules.closed_days = settings.texts("rules.closed_days",
                                     std::vector<std::string>{"12-29", "12-30", "12-31", "01-01", "01-02", "01-03"});
  if (!std::ranges::all_of(rules.closed_days, is_day_of_year))
    settings.complain("rules.closed_days", "must list days like \"12-29\"");
}
}  // namespace

const KindRule* OfferRules::find(v1::Kind kind) const {
  const auto found = std::ranges::find(kinds, kind, &KindRule::kind);
  return found == kinds.end() ? nullptr : &*found;
}

Outcome<void> OfferRules::check_open(Instant now) const {
  const auto local = in_japan(now);
  const int minute = local.hour * 60 + local.minute;
  const auto day = iso_text(local.day).substr(5);
  if (minute >= opens_at && minute < closes_at && std::ranges::find(closed_days, day) == closed_days.end()) return {};
  return refuse(Reason::outside_hours, "closed at this minute or on this day");
}

OfferRules read_rules(operation::Settings& settings) {
  OfferRules rules;
  rules.version = static_cast<std::uint64_t>(settings.integer("rules.version", 1, 1'000'000'000));
  rules.telephone = read_short_text(settings, "rules.telephone", longest_telephone);
  rules.most_copies = static_cast<std::uint32_t>(settings.integer("rules.most_copies", 1, 10, 5));
  read_hours(settings, rules);
  for (std::size_t i = 0; i < settings.count("rules.kind"); ++i) {
    const auto at = "rules.kind[" + std::to_string(i) + "]";
    KindRule kind;
    kind.kind = kind_of(settings.text(at + ".name"));
    if (kind.kind == v1::KIND_UNSPECIFIED || rules.find(kind.kind) != nullptr) {
      settings.complain(at + ".name", "is no kind of certificate, or stands here twice");
    }
    kind.title_ja = read_short_text(settings, at + ".title_ja", longest_title);
    kind.title_en = read_short_text(settings, at + ".title_en", longest_title);
    kind.fee = static_cast<std::uint32_t>(settings.integer(at + ".fee", 0, 10'000));
    kind.scopes = read_names(settings, at + ".scopes", scope_names);
    kind.options = read_names(settings, at + ".options", option_names);
    rules.kinds.push_back(std::move(kind));
  }
  if (rules.kinds.empty()) settings.complain("rules.kind", "must list at least one kind of certificate");
  return rules;
}

v1::Kind kind_of(std::string_view name) {
  const auto found = std::ranges::find(kind_names, name, &std::pair<std::string_view, v1::Kind>::first);
  return found == kind_names.end() ? v1::KIND_UNSPECIFIED : found->second;
}

std::string_view name_of(v1::Kind kind) {
  const auto found = std::ranges::find(kind_names, kind, &std::pair<std::string_view, v1::Kind>::second);
  return found == kind_names.end() ? std::string_view("unspecified") : found->first;
}

}  // namespace mado::application
