// What every target of a city's CSV files says of them.
#pragma once

#include <string>
#include <string_view>

#include "fuzz/examine.hpp"
#include "registry/core/rows.hpp"

namespace mado::fuzz {

// The first line of such a file.
inline std::string header_of(registry::RecordFile file) {
  std::string line;
  for (const auto& column : registry::columns_of(file).header()) line += (line.empty() ? "" : ",") + column;
  return line + "\n";
}

inline void claim_says_nothing_of(const Refusal& refusal, std::string_view file) {
  claim_is_explained(refusal);
  claim(refusal.reason == Reason::input_invalid, "one reason for every file that is not read");
  // Longer than any column's name, which a field may hold too.
  claim_keeps_back(refusal, file, 64);
}

}  // namespace mado::fuzz
