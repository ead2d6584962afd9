#include "application/rules_reader.hpp"

#include <algorithm>

namespace mado::application {

namespace {
constexpr std::size_t longest_word = 32;
bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }
bool is_of_a_word(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }
}  // namespace

std::vector<std::string> RulesReader::tables(const std::string& key, std::size_t most) {
  const auto count = settings_.count(key);
  if (count > most) complain(key, "stands here more than " + std::to_string(most) + " times");
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < std::min(count, most); ++i) keys.push_back(key + "[" + std::to_string(i) + "]");
  return keys;
}

std::uint32_t RulesReader::number(const std::string& key, std::int64_t least, std::int64_t most,
                                  std::int64_t otherwise) {
  return static_cast<std::uint32_t>(settings_.integer(key, least, most, otherwise));
}

std::string RulesReader::short_text(const std::string& key, std::size_t longest) {
  auto text = settings_.text(key);
  if (text.size() > longest) complain(key, "must have at most " + std::to_string(longest) + " bytes");
  if (std::ranges::any_of(text, is_control)) complain(key, "must not hold control characters");
  return text;
}

std::string RulesReader::word(const std::string& key) {
  auto text = settings_.text(key);
  if (text.size() > longest_word || !std::ranges::all_of(text, is_of_a_word))
    complain(key, "must have 1 to 32 of a-z, 0-9 and _");
  return text;
}

std::string RulesReader::known_family(const std::string& key, const OfferRules& rules) {
  auto name = settings_.text(key);
  if (!name.empty() && rules.family(name) == nullptr) complain(key, "names no family of this file: \"" + name + "\"");
  return name;
}

DayHours RulesReader::hours(const std::string& key) {
  const auto text = settings_.text(key);
  const auto hours = parse_day_hours(text);
  if (!hours && !text.empty()) complain(key, "must be like \"06:30-23:00\"");
  return hours.value_or(DayHours{});
}

Day RulesReader::day(const std::string& key) {
  const auto text = settings_.text(key);
  const auto day = parse_day(text);
  if (!day && !text.empty()) complain(key, "must be a day like \"2026-04-01\"");
  return day.value_or(Day{});
}

Instant RulesReader::moment(const std::string& key) {
  const auto text = settings_.text(key);
  const auto moment = parse_moment(text);
  if (!moment && !text.empty()) complain(key, "must be a moment in Japan like \"2026-04-01T00:00\"");
  return moment.value_or(Instant{});
}

}  // namespace mado::application
