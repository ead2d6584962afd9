// The commands of madoguchi-ceremony. Each may be repeated: what exists is kept, what is missing is made.
#pragma once

#include <string>
#include <vector>

namespace mado::ceremony {

int make_line(const std::vector<std::string>& words);
int make_kiosk_authority(const std::vector<std::string>& words);
int make_kiosk(const std::vector<std::string>& words);
int make_city(const std::vector<std::string>& words);
int make_center(const std::vector<std::string>& words);
int make_roster_keys(const std::vector<std::string>& words);
int make_roster(const std::vector<std::string>& words);

}  // namespace mado::ceremony
