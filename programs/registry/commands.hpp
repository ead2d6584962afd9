// Commands that work on the register beside the serving process.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "registry/edge/registers.hpp"

namespace mado::registry {

// The registers that the serving process's own settings file means.
Outcome<std::unique_ptr<Registers>> open_for_command(const std::string& settings_file);

// Loads every file of a directory, with progress.
Outcome<void> load_directory(const std::string& settings_file, const std::string& directory);

int run_load(const std::vector<std::string>& words);
int run_synthesise(const std::vector<std::string>& words);
int run_add_card(const std::vector<std::string>& words);
int run_suppress(const std::vector<std::string>& words);
int run_unsuppress(const std::vector<std::string>& words);
int run_domicile(const std::vector<std::string>& words);
int run_feed(const std::vector<std::string>& words);
int run_reconcile(const std::vector<std::string>& words);
int run_sweep_tax(const std::vector<std::string>& words);

}  // namespace mado::registry
