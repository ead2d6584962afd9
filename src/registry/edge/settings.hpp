// The registry's settings: where the registers lie, and who feeds them. docs/configuration.md describes each.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "operation/settings.hpp"
#include "registry/edge/registers.hpp"

namespace mado::registry {

struct RegisterSettings {
  std::filesystem::path file;  // SQLite; empty if `postgres` is set
  std::string postgres;
  std::vector<FeedSource> sources;
  std::uint64_t most_open_applications = 0;  // for 本籍地利用登録
};
// Reads "register.database" or "register.postgres", "domicile.most_open", and the array of tables "feed". What is wrong
// is remembered by `settings`.
RegisterSettings read_register_settings(operation::Settings& settings);

// Refusal: storage_failed.
Outcome<std::unique_ptr<Registers>> open_registers(const RegisterSettings& settings);

}  // namespace mado::registry
