#include "operation/arguments.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>

namespace mado::operation {

struct Arguments::Inside {
  std::string command;
  CLI::App app;
  Inside(std::string name, const std::string& summary) : command(std::move(name)), app(summary, command) {}
};

Arguments::Arguments(std::string command, std::string summary)
    : inside_(std::make_unique<Inside>(std::move(command), summary)) {}
Arguments::~Arguments() = default;

void Arguments::required(const std::string& option, std::string& value, const std::string& help) {
  inside_->app.add_option(option, value, help)->required();
}

void Arguments::required(const std::string& option, std::vector<std::string>& values, const std::string& help) {
  inside_->app.add_option(option, values, help)->required();
}

void Arguments::optional(const std::string& option, std::string& value, const std::string& help) {
  inside_->app.add_option(option, value, help)->capture_default_str();
}

void Arguments::optional(const std::string& option, std::vector<std::string>& values, const std::string& help) {
  inside_->app.add_option(option, values, help);
}

void Arguments::optional(const std::string& option, std::int64_t& value, std::int64_t least, std::int64_t most,
                         const std::string& help) {
  inside_->app.add_option(option, value, help)->check(CLI::Range(least, most))->capture_default_str();
}

void Arguments::flag(const std::string& option, bool& value, const std::string& help) {
  inside_->app.add_flag(option, value, help);
}

std::optional<int> Arguments::parse(std::vector<std::string> words) {
  std::ranges::reverse(words);  // CLI11 takes them from the back
  try {
    inside_->app.parse(std::move(words));
  } catch (const CLI::ParseError& error) {
    return inside_->app.exit(error) == 0 ? 0 : 2;
  }
  return std::nullopt;
}

int exit_code(const std::string& command, const Outcome<void>& outcome) {
  if (outcome) return 0;
  fmt::print(stderr, "{}: {}\n", command, outcome.error().cause);
  return 1;
}

}  // namespace mado::operation
