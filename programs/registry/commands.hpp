// Commands that work on the register beside the serving process.
#pragma once

#include <string>
#include <vector>

namespace mado::registry {

int run_load(const std::vector<std::string>& words);
int run_synthesise(const std::vector<std::string>& words);
int run_add_card(const std::vector<std::string>& words);
int run_suppress(const std::vector<std::string>& words);
int run_unsuppress(const std::vector<std::string>& words);

}  // namespace mado::registry
