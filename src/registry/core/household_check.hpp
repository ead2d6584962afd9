// What must hold of a household as a whole, checked over all the rows of a file: one address, at most 64 members, and
// exactly one head among those who live there now. Holds nothing of any person.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "base/refusal.hpp"
#include "registry/core/rows.hpp"
#include "trust/digest.hpp"

namespace mado::registry {

class HouseholdCheck {
 public:
  explicit HouseholdCheck(std::string file) : file_(std::move(file)) {}

  // Refusal: input_invalid with file, line and reason.
  Outcome<void> add(const ResidentRow& row);
  // After the last row. Refusal: input_invalid, naming the line at which the household begins.
  Outcome<void> finish() const;
  std::size_t households() const { return households_.size(); }

 private:
  struct Household {
    std::uint64_t first_line = 0;
    trust::Sha256 address{};
    std::uint32_t members = 0;
    std::uint32_t living_there = 0;
    std::uint32_t heads = 0;
  };
  std::string file_;
  std::map<std::string, Household, std::less<>> households_;
};

}  // namespace mado::registry
