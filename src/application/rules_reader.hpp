// Reads the values of a rules file by key: what is wrong is remembered with its line, and a harmless value returned.
#pragma once

#include <string>
#include <vector>

#include "application/rule_text.hpp"
#include "application/rules.hpp"
#include "operation/settings.hpp"

namespace mado::application {

class RulesReader {
 public:
  explicit RulesReader(operation::Settings& settings) : settings_(settings) {}

  operation::Settings& settings() { return settings_; }
  void complain(const std::string& key, std::string sentence) { settings_.complain(key, std::move(sentence)); }

  // The keys of an array of tables, "kind[0]" and so on; at most `most` of them.
  std::vector<std::string> tables(const std::string& key, std::size_t most);
  std::uint32_t number(const std::string& key, std::int64_t least, std::int64_t most, std::int64_t otherwise);
  // Of at most `longest` bytes, without control characters.
  std::string short_text(const std::string& key, std::size_t longest);
  // 1 to 32 of a–z, 0–9 and _
  std::string word(const std::string& key);
  std::string known_family(const std::string& key, const OfferRules& rules);
  DayHours hours(const std::string& key);
  Day day(const std::string& key);
  Instant moment(const std::string& key);

 private:
  operation::Settings& settings_;
};

}  // namespace mado::application
