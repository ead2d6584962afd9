#include "card/virtual_card/faults.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <sstream>
#include <string>

namespace mado::card {

namespace {
constexpr std::size_t largest_script = 64 * 1024;
constexpr std::size_t most_faults = 64;

bool read_when(Fault& fault, const std::string& word, const std::string& value) {
  if (word == "apdu") {
    std::uint32_t number = 0;
    const auto* end = value.data() + value.size();
    const auto [stop, error] = std::from_chars(value.data(), end, number);
    fault.apdu = number;
    return error == std::errc{} && stop == end && number > 0;
  }
  const auto byte = from_hex(value);
  if (word != "ins" || !byte || byte->size() != 1) return false;
  fault.ins = byte->front();
  return true;
}

bool read_what(Fault& fault, const std::string& word, const std::string& value) {
  if (word == "status" || word == "garbage") {
    auto bytes = from_hex(value);
    if (!bytes || (word == "status" && bytes->size() != 2)) return false;
    fault.kind = Fault::Kind::answer;
    fault.bytes = std::move(*bytes);
    return true;
  }
  if (!value.empty()) return false;
  if (word == "pull_out") fault.kind = Fault::Kind::pull_out;
  if (word == "pull_out_after") fault.kind = Fault::Kind::pull_out_after;
  if (word == "silence") fault.kind = Fault::Kind::silence;
  return word == "pull_out" || word == "pull_out_after" || word == "silence";
}

std::optional<Fault> read_line(const std::string& line) {
  std::istringstream words(line);
  std::string when;
  std::string when_value;
  std::string what;
  std::string what_value;
  std::string more;
  words >> when >> when_value >> what >> what_value >> more;
  Fault fault;
  if (!more.empty() || !read_when(fault, when, when_value) || !read_what(fault, what, what_value)) return std::nullopt;
  return fault;
}
}  // namespace

Outcome<Faults> Faults::parse(std::string_view script) {
  if (script.size() > largest_script) return refuse(Reason::input_invalid, "a fault script is larger than 64 KiB");
  Faults faults;
  std::istringstream lines{std::string(script)};
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    const auto first = line.find_first_not_of(" \t\r");
    if (first == std::string::npos || line[first] == '#') continue;
    auto fault = read_line(line);
    if (!fault) return refuse(Reason::input_invalid, fmt::format("line {} is no fault: \"{}\"", number, line));
    if (faults.faults_.size() == most_faults) return refuse(Reason::input_invalid, "more than 64 faults");
    faults.faults_.push_back(std::move(*fault));
  }
  return faults;
}

std::optional<Fault> Faults::next(ByteView command) {
  ++seen_;
  const auto due = std::ranges::find_if(faults_, [&](const Fault& fault) {
    return fault.apdu ? *fault.apdu == seen_ : command.size() > 1 && command[1] == *fault.ins;
  });
  if (due == faults_.end()) return std::nullopt;
  auto fault = std::move(*due);
  faults_.erase(due);
  return fault;
}

}  // namespace mado::card
