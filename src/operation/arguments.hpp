// The words after a command's name: named options, each checked, every unknown word refused.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/refusal.hpp"

namespace mado::operation {

// Declare the options, then parse once. What is declared must outlive the call of parse.
class Arguments {
 public:
  // `command` as it is typed: "madoguchi-registry load".
  Arguments(std::string command, std::string summary);
  ~Arguments();

  void required(const std::string& option, std::string& value, const std::string& help);
  void required(const std::string& option, std::vector<std::string>& values, const std::string& help);
  void optional(const std::string& option, std::string& value, const std::string& help);
  void optional(const std::string& option, std::vector<std::string>& values, const std::string& help);
  void optional(const std::string& option, std::int64_t& value, std::int64_t least, std::int64_t most,
                const std::string& help);
  void flag(const std::string& option, bool& value, const std::string& help);

  // Nothing: go on. 0: help was printed. 2: wrong usage, the sentence is on standard error.
  std::optional<int> parse(std::vector<std::string> words);

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

// Ends a command: prints the refusal's cause on standard error. 0 for success, 1 for a refusal.
int exit_code(const std::string& command, const Outcome<void>& outcome);

}  // namespace mado::operation
