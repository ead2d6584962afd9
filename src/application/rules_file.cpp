#include "application/rules_file.hpp"

#include <algorithm>

#include "application/kind_rules_reader.hpp"
#include "application/menu_check.hpp"
#include "application/roster.hpp"
#include "application/rules_reader.hpp"

namespace mado::application {

namespace {
constexpr std::size_t most_kinds = 16;
constexpr std::size_t most_families = 16;
constexpr std::size_t most_stops = 64;
constexpr std::size_t most_holidays = 400;  // of some twenty years
constexpr std::size_t most_closed_days = 100;
constexpr std::size_t most_openings = 200;
constexpr std::size_t longest_reason = 200;  // bytes
constexpr std::int64_t most_pages_of_a_copy = 50;

ChannelHours read_channel(RulesReader& reader, const std::string& at) {
  ChannelHours channel;
  channel.hours = reader.hours(at + ".hours");
  channel.weekdays_only = reader.settings().flag(at + ".weekdays_only", false);
  for (const auto& opening : reader.tables(at + ".opening", most_openings)) {
    const auto day = reader.day(opening + ".day");
    if (std::ranges::find(channel.openings, day, &ExtraOpening::day) != channel.openings.end())
      reader.complain(opening + ".day", "stands here twice");
    channel.openings.push_back({day, reader.hours(opening + ".hours")});
  }
  return channel;
}

std::optional<ChannelHours> read_channel_if_there(RulesReader& reader, const std::string& at) {
  if (!reader.settings().has(at)) return std::nullopt;
  return read_channel(reader, at);
}

void read_closed_days(RulesReader& reader, const std::string& key, ClosedDays& closed) {
  const auto days = reader.settings().texts(key, std::vector<std::string>{});
  if (days.size() > most_closed_days) reader.complain(key, "lists more than 100 days");
  for (const auto& text : days) {
    if (const auto yearly = parse_day_of_year(text)) {
      closed.every_year.push_back(*yearly);
    } else if (const auto once = parse_day(text)) {
      closed.once.push_back(*once);
    } else {
      reader.complain(key, "must list days like \"12-29\" or \"2026-12-29\", not \"" + text + "\"");
    }
  }
}

void read_families(RulesReader& reader, OfferRules& rules) {
  for (const auto& at : reader.tables("family", most_families)) {
    Family family;
    family.name = reader.word(at + ".name");
    if (rules.family(family.name) != nullptr) reader.complain(at + ".name", "stands here twice");
    family.store = read_channel_if_there(reader, at + ".store");
    family.issuing_machine = read_channel_if_there(reader, at + ".issuing_machine");
    if (!family.store && !family.issuing_machine)
      reader.complain(at, "must have the hours of store or of issuing_machine");
    read_closed_days(reader, at + ".closed_days", family.closed_days);
    rules.families.push_back(std::move(family));
  }
  if (rules.families.empty()) reader.complain("family", "must stand here at least once");
}

void read_stops(RulesReader& reader, OfferRules& rules) {
  for (const auto& at : reader.tables("stop", most_stops)) {
    Stop stop;
    stop.family = reader.known_family(at + ".family", rules);
    stop.from = reader.moment(at + ".from");
    stop.until = reader.moment(at + ".until");
    stop.reason = reader.short_text(at + ".reason", longest_reason);
    if (stop.until <= stop.from) reader.complain(at + ".until", "must come after from");
    rules.stops.push_back(std::move(stop));
  }
}

void read_kinds(RulesReader& reader, OfferRules& rules) {
  for (const auto& at : reader.tables("kind", most_kinds)) {
    auto kind = read_kind(reader, at, rules);
    if (kind.kind != v1::KIND_UNSPECIFIED && rules.find(kind.kind) != nullptr)
      reader.complain(at + ".name", "stands here twice");
    rules.kinds.push_back(std::move(kind));
  }
  if (rules.kinds.empty()) reader.complain("kind", "must stand here at least once");
}

void read_holidays(RulesReader& reader, OfferRules& rules) {
  const auto days = reader.settings().texts("holidays", std::vector<std::string>{});
  if (days.size() > most_holidays) reader.complain("holidays", "lists more than 400 days");
  for (const auto& text : days) {
    const auto day = parse_day(text);
    if (!day) reader.complain("holidays", "must list days like \"2026-01-01\", not \"" + text + "\"");
    if (day) rules.holidays.push_back(*day);
  }
  std::ranges::sort(rules.holidays);
  if (std::ranges::adjacent_find(rules.holidays) != rules.holidays.end())
    reader.complain("holidays", "lists a day twice");
}
}  // namespace

Outcome<OfferRules> read_rules(std::string_view toml, const std::filesystem::path& file) {
  if (toml.size() > largest_rules_file)
    return refuse(Reason::configuration_invalid, file.string() + ":1: larger than 256 KiB");
  MADO_TRY(settings, operation::Settings::parse(toml, file, operation::Settings::Telling::line));
  RulesReader reader(settings);
  OfferRules rules;
  rules.city = settings.text("city");
  if (!is_city_code(rules.city)) reader.complain("city", "must be the six digits of a city's code");
  rules.effective = reader.moment("effective");
  rules.telephone = reader.short_text("telephone", longest_telephone);
  rules.most_copies = reader.number("most_copies", 1, 10, 5);
  rules.most_pages = reader.number("most_pages", 1, most_pages_of_a_copy, most_pages_of_a_copy);
  read_holidays(reader, rules);
  read_families(reader, rules);
  if (settings.has("domicile_family")) rules.domicile_family = reader.known_family("domicile_family", rules);
  read_stops(reader, rules);
  read_kinds(reader, rules);
  MADO_CHECK(settings.finish());
  return rules;
}

}  // namespace mado::application
