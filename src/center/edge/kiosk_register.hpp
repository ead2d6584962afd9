// The kiosk register (キオスク端末台帳) from a TOML file: one [[kiosk]] for each, with those who answer for it
// (mission.md S3).
#pragma once

#include <filesystem>
#include <map>

#include "center/core/center.hpp"

namespace mado::center {

// Reads [[kiosk]]: name, operator, store, responsible, maintenance (list of names), blocked. Refusal:
// configuration_invalid.
Outcome<std::map<std::string, RegisteredKiosk>> read_kiosk_register(const std::filesystem::path& file);

}  // namespace mado::center
