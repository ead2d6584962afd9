// The authority's own commands; they work on its directory beside the serving process.
#pragma once

#include <string>
#include <vector>

namespace mado::jpki {

int run_init(const std::vector<std::string>& words);
int run_generation(const std::vector<std::string>& words);
int run_issue(const std::vector<std::string>& words);
int run_revoke(const std::vector<std::string>& words);

}  // namespace mado::jpki
