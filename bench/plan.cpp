#include "bench/plan.hpp"

#include <charconv>
#include <fstream>
#include <map>
#include <optional>

namespace mado::bench {

namespace {
constexpr std::size_t fields_of_a_line = 8;

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

std::optional<v1::Scope> scope_of(const std::string& word) {
  if (word == "self") return v1::SCOPE_SELF;
  if (word == "members") return v1::SCOPE_MEMBERS;
  if (word == "household") return v1::SCOPE_HOUSEHOLD;
  return std::nullopt;
}

std::optional<v1::Option> option_of(const std::string& word) {
  static const std::map<std::string, v1::Option> options{{"head_and_relation", v1::OPTION_HEAD_AND_RELATION},
                                                         {"family_register", v1::OPTION_FAMILY_REGISTER},
                                                         {"individual_number", v1::OPTION_INDIVIDUAL_NUMBER}};
  const auto found = options.find(word);
  return found == options.end() ? std::nullopt : std::optional{found->second};
}

std::optional<Visit> visit_of(const std::string& line, const std::filesystem::path& directory) {
  const auto fields = split(line, '\t');
  if (fields.size() != fields_of_a_line) return std::nullopt;
  const auto number = number_of(fields[0]);
  const auto due = number_of(fields[1]);
  const auto scope = scope_of(fields[4]);
  const auto copies = number_of(fields[7]);
  if (!number || !due || !scope || !copies) return std::nullopt;
  Visit visit{
      *number, std::chrono::milliseconds{*due}, {fields[2], directory / fields[3], *scope, {}, {}, *copies, {}}};
  for (const auto& person : list_of(fields[5], ';')) {
    const auto parts = split(person, '|');
    if (parts.size() != 2) return std::nullopt;
    visit.wish.persons.push_back({parts[0], parts[1]});
  }
  for (const auto& word : list_of(fields[6], ',')) {
    const auto option = option_of(word);
    if (!option) return std::nullopt;
    visit.wish.options.push_back(*option);
  }
  return visit;
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
