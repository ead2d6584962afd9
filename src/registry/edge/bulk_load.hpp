// Loading registers from a city's files: all of them under one change number, or nothing.
#pragma once

#include "registry/edge/bulk_files.hpp"
#include "registry/edge/registers.hpp"

namespace mado::registry {

struct LoadCount {
  std::map<RecordFile, std::uint64_t> rows;
  std::uint64_t households = 0;
  std::uint64_t ambiguous_cards = 0;  // that more than one person has, in the whole register
};

// Adds what the files name, and replaces it where it is there already; what they do not name stays. Refusals:
// input_invalid (file, line, column, reason), storage_failed. Nothing is applied then.
Outcome<LoadCount> load_files(Registers& registers, const BulkFiles& files, Instant now, const Progress& progress);

}  // namespace mado::registry
