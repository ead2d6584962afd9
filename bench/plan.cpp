#include "bench/plan.hpp"

#include <charconv>
#include <fstream>
#include <optional>

#include "application/rule_names.hpp"

namespace mado::bench {

namespace {
constexpr std::size_t fields_of_a_line = 10;

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const auto end = std::min(text.find(separator, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}
std::vector<std::string> list_of(const std::string& text, char separator) {
  return text.empty() ? std::vector<std::string>{} : split(text, separator);
}

std::optional<int> number_of(const std::string& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

v1::Service service_of(const std::string& word) {
  if (word == "home") return v1::SERVICE_HOME_CITY;
  if (word == "domicile") return v1::SERVICE_DOMICILE_CITY;
  return v1::SERVICE_UNSPECIFIED;
}

std::optional<std::vector<Named>> persons_of(const std::string& field) {
  std::vector<Named> persons;
  for (const auto& person : list_of(field, ';')) {
    const auto parts = split(person, '|');
    if (parts.size() != 2) return std::nullopt;
    persons.push_back({parts[0], parts[1]});
  }
  return persons;
}

std::optional<std::vector<v1::Option>> options_of(const std::string& field) {
  std::vector<v1::Option> options;
  for (const auto& word : list_of(field, ',')) {
    options.push_back(application::option_of(word));
    if (options.back() == v1::OPTION_UNSPECIFIED) return std::nullopt;
  }
  return options;
}

std::optional<Visit> visit_of(const std::string& line, const std::filesystem::path& directory) {
  const auto fields = split(line, '\t');
  if (fields.size() != fields_of_a_line) return std::nullopt;
  const auto number = number_of(fields[0]);
  const auto due = number_of(fields[1]);
  const auto service = service_of(fields[3]);
  const auto kind = application::kind_of(fields[5]);
  const auto scope = application::scope_of(fields[6]);
  const auto persons = persons_of(fields[7]);
  const auto options = options_of(fields[8]);
  const auto copies = number_of(fields[9]);
  const bool named =
      service != v1::SERVICE_UNSPECIFIED && kind != v1::KIND_UNSPECIFIED && scope != v1::SCOPE_UNSPECIFIED;
  if (!named || !number || !due || !persons || !options || !copies) return std::nullopt;
  return Visit{*number,
               std::chrono::milliseconds{*due},
               {fields[2], service, directory / fields[4], kind, scope, *persons, *options, *copies, {}}};
}
}  // namespace

Outcome<std::vector<Visit>> read_plan(const std::filesystem::path& file, const std::filesystem::path& directory) {
  std::ifstream lines(file);
  if (!lines) return refuse(Reason::input_invalid, file.string() + " cannot be read");
  std::vector<Visit> plan;
  for (std::string line; std::getline(lines, line);) {
    auto visit = visit_of(line, directory);
    if (!visit)
      return refuse(Reason::input_invalid, file.string() + ":" + std::to_string(plan.size() + 1) + ": is no visit");
    plan.push_back(std::move(*visit));
  }
  return plan;
}

}  // namespace mado::bench
