// Loading a register from files (データ移行): everything in them, under one change number, or nothing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>

#include "registry/edge/resident_store.hpp"

namespace mado::registry {

struct ImportCount {
  std::uint64_t residents = 0;
  std::uint64_t households = 0;
  std::uint64_t cards = 0;
  std::uint64_t ambiguous_cards = 0;  // that more than one resident has, in the whole register
};

// Told from time to time how far the files have been read, from 0 to 1, and how many rows.
using Progress = std::function<void(double part, std::uint64_t rows)>;

// Refusals: input_invalid (file, line, column, reason), storage_failed. Nothing is applied then.
Outcome<ImportCount> import_files(ResidentStore& store, const std::optional<std::filesystem::path>& residents,
                                  const std::optional<std::filesystem::path>& cards, Instant now,
                                  const Progress& progress);

}  // namespace mado::registry
