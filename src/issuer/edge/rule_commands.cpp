// What staff do with the city's rules: load an edition, list those that were loaded.
#include <fmt/format.h>

#include <algorithm>

#include "application/rule_text.hpp"
#include "application/rules_file.hpp"
#include "issuer/edge/issuer_place.hpp"
#include "ledger/rule_editions.hpp"
#include "operation/arguments.hpp"
#include "trust/file.hpp"

namespace mado::issuer {

namespace {
constexpr std::size_t longest_name = 64;  // bytes

struct City {
  std::string code;
  std::filesystem::path ledger;
};
// Of the issuer's settings, only what these commands need: the issuer itself checks the rest.
Outcome<City> city_of(const std::string& settings_file) {
  MADO_TRY(settings, operation::Settings::load(settings_file));
  City city{settings.text("city.code"), settings.path("ledger.file")};
  if (!settings.has("city.code") || !settings.has("ledger.file"))
    return refuse(Reason::configuration_invalid,
                  settings_file + ": is no issuer's: city.code or ledger.file is missing");
  return city;
}

bool is_name(std::string_view name) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  return !name.empty() && name.size() <= longest_name && std::ranges::none_of(name, is_control);
}

Outcome<void> load_rules(const std::string& file, const std::string& by, const std::string& settings_file) {
  if (!is_name(by)) return refuse(Reason::input_invalid, "--by is a name of 1 to 64 bytes without control characters");
  MADO_TRY(city, city_of(settings_file));
  MADO_TRY(content, trust::read_file(file, application::largest_rules_file));
  const std::string text(content.begin(), content.end());
  MADO_TRY(rules, application::read_rules(text, file));
  if (rules.city != city.code)
    return refuse(Reason::input_invalid, fmt::format("{}: is of city {}, not of {}", file, rules.city, city.code));
  MADO_TRY(editions, ledger::open_rule_editions(city.ledger));
  MADO_TRY(loaded, editions->append({0, rules.effective, operation::now(), by, text}));
  fmt::print("version {} takes effect at {} in Japan\n", loaded.version, application::moment_text(loaded.effective));
  return {};
}

Outcome<void> list_rules(const std::string& settings_file) {
  MADO_TRY(city, city_of(settings_file));
  MADO_TRY(editions, ledger::open_rule_editions(city.ledger));
  MADO_TRY(newest, editions->newest());
  const auto now = operation::now();
  std::vector<ledger::RuleEdition> loaded;
  std::size_t in_force = newest;  // none
  for (std::uint64_t version = 1; version <= newest; ++version) {
    MADO_TRY(edition, editions->read(version));
    const bool began = edition.effective <= now;
    if (began && (in_force == newest || loaded[in_force].effective <= edition.effective)) in_force = loaded.size();
    loaded.push_back(std::move(edition));
  }
  for (std::size_t i = 0; i < loaded.size(); ++i) {
    const auto& edition = loaded[i];
    const auto* state = i == in_force ? "in force" : edition.effective > now ? "to come" : "past";
    fmt::print("{} {} {} loaded {} by {}\n", edition.version, application::moment_text(edition.effective), state,
               application::moment_text(edition.loaded), edition.loaded_by);
  }
  return {};
}
}  // namespace

operation::Command load_rules_command() {
  return {"load-rules", "Load an edition of the city's rules", [](const auto& words) {
            operation::Arguments arguments(
                "madoguchi-issuer load-rules",
                "Checks a rules file whole and adds it to the city's ledger. Running issuers "
                "take it from there; it takes effect at its moment.");
            std::string file;
            std::string by;
            std::string settings;
            arguments.required("file", file, "The rules file (docs/rules.md)");
            arguments.required("--by", by, "Who loads it: it stands in the history");
            arguments.required("--config", settings, "The issuer's settings");
            if (const auto code = arguments.parse(words)) return *code;
            return operation::exit_code("madoguchi-issuer", load_rules(file, by, settings));
          }};
}

operation::Command list_rules_command() {
  return {"list-rules", "List the editions of the city's rules", [](const auto& words) {
            operation::Arguments arguments(
                "madoguchi-issuer list-rules",
                "Lists every edition: version, from when (Japan), state, loaded when, by whom.");
            std::string settings;
            arguments.required("--config", settings, "The issuer's settings");
            if (const auto code = arguments.parse(words)) return *code;
            return operation::exit_code("madoguchi-issuer", list_rules(settings));
          }};
}

}  // namespace mado::issuer
