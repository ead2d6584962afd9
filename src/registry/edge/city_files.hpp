// A synthetic city as the files that a city hands over (docs/registers.md).
#pragma once

#include <filesystem>
#include <functional>
#include <map>

#include "base/refusal.hpp"
#include "registry/core/record_files.hpp"
#include "registry/core/synthesis.hpp"
#include "registry/core/synthesis_seal.hpp"

namespace mado::registry {

struct CityFilesCount {
  std::map<RecordFile, std::uint64_t> rows;
  std::uint64_t residents = 0;    // who live there now
  std::uint64_t seal_images = 0;  // files: seals that look the same share one
};

// Writes all files into `directory`, which is made, and must hold none of them. Seals are drawn with `glyphs`, if there
// are any. `progress` is told from time to time how many residents were written. Refusal: storage_failed.
Outcome<CityFilesCount> write_city_files(const SyntheticCity& city, const std::filesystem::path& directory,
                                         const SealGlyphs& glyphs,
                                         const std::function<void(std::uint64_t residents)>& progress);

}  // namespace mado::registry
