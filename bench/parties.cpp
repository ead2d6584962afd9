#include "bench/parties.hpp"

#include <charconv>

namespace mado::bench {

namespace {
Outcome<Party> party_of(const std::string& word) {
  const auto equals = word.find('=');
  pid_t process = 0;
  if (equals != std::string::npos) std::from_chars(word.data() + equals + 1, word.data() + word.size(), process);
  clockid_t clock{};
  // The number 0 would stand for this process.
  if (equals == 0 || process <= 0 || clock_getcpuclockid(process, &clock) != 0)
    return refuse(Reason::input_invalid, "--place must be NAME=PID of a running process, and is \"" + word + "\"");
  return Party{word.substr(0, equals), clock};
}
}  // namespace

double Party::cpu_milliseconds() const {
  timespec used{};
  if (clock_gettime(clock, &used) != 0) return 0;
  return static_cast<double>(used.tv_sec) * 1e3 + static_cast<double>(used.tv_nsec) / 1e6;
}

Outcome<std::vector<Party>> find_parties(const std::vector<std::string>& words) {
  std::vector<Party> parties{{"kiosk", CLOCK_PROCESS_CPUTIME_ID}};
  for (const auto& word : words) {
    MADO_TRY(party, party_of(word));
    parties.push_back(std::move(party));
  }
  return parties;
}

std::vector<double> cpu_of(const std::vector<Party>& parties) {
  std::vector<double> used;
  for (const auto& party : parties) used.push_back(party.cpu_milliseconds());
  return used;
}

}  // namespace mado::bench
