#include <algorithm>

#include "wire/line.hpp"

namespace mado::wire {

LineCredentials read_credentials(operation::Settings& settings, const std::string& prefix) {
  return {settings.existing_file(prefix + ".authority"), settings.existing_file(prefix + ".certificate"),
          settings.existing_file(prefix + ".key")};
}

std::vector<Admission> read_admissions(operation::Settings& settings, const std::string& prefix) {
  std::vector<Admission> admissions;
  const auto count = settings.count(prefix);
  if (count == 0)
    settings.complain(prefix, "must list the peers that are let in, as [[" + prefix + "]] with peer and methods");
  for (std::size_t i = 0; i < count; ++i) {
    const auto at = prefix + "[" + std::to_string(i) + "]";
    Admission admission{settings.text(at + ".peer"), settings.texts(at + ".methods"),
                        settings.texts(at + ".first", {})};
    if (admission.methods.empty()) settings.complain(at + ".methods", "must name at least one method");
    for (const auto& method : admission.first) {
      if (std::ranges::find(admission.methods, method) == admission.methods.end())
        settings.complain(at + ".first", "must name methods of \"methods\" only");
    }
    admissions.push_back(std::move(admission));
  }
  return admissions;
}

namespace {
bool peer_matches(const std::string& pattern, const std::string& peer) {
  if (!pattern.starts_with("*.")) return pattern == peer;
  const auto dot = peer.find('.');
  return dot != std::string::npos && dot > 0 && peer.substr(dot) == pattern.substr(1);
}
}  // namespace

bool admits(const std::vector<Admission>& admissions, const std::string& peer, const std::string& method) {
  return std::ranges::any_of(admissions, [&](const Admission& admission) {
    return peer_matches(admission.peer, peer) &&
           std::ranges::find(admission.methods, method) != admission.methods.end();
  });
}

bool begins(const std::vector<Admission>& admissions, const std::string& peer, const std::string& method) {
  return std::ranges::any_of(admissions, [&](const Admission& admission) {
    return peer_matches(admission.peer, peer) && std::ranges::find(admission.first, method) != admission.first.end();
  });
}

Limits read_limits(operation::Settings& settings, const std::string& prefix) {
  Limits limits;
  limits.largest_message =
      static_cast<std::size_t>(settings.integer(prefix + ".largest_message_kib", 1, 65536, 64)) * 1024;
  limits.concurrent_calls = static_cast<unsigned>(settings.integer(prefix + ".concurrent_calls", 1, 1024, 16));
  limits.waiting_calls = static_cast<unsigned>(settings.integer(prefix + ".waiting_calls", 1, 65536, 64));
  limits.first_waiting = static_cast<unsigned>(settings.integer(prefix + ".first_waiting", 1, 65536, 32));
  limits.first_per_second = static_cast<unsigned>(settings.integer(prefix + ".first_per_second", 0, 100'000, 0));
  limits.deadline = settings.milliseconds(prefix + ".deadline_ms", 10, 300'000, 20'000);
  return limits;
}

}  // namespace mado::wire
