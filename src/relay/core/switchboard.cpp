#include "relay/core/switchboard.hpp"

#include <algorithm>

namespace mado::relay {

std::optional<std::string> city_of_peer(const std::string& peer) {
  constexpr std::string_view label = ".city-";
  const auto at = peer.find(label);
  if (at == std::string::npos || peer.find(label, at + 1) != std::string::npos) return std::nullopt;
  const auto code = peer.substr(at + label.size(), 6);
  const bool digits = code.size() == 6 && std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; });
  if (!digits || peer.substr(at + label.size() + 6, 1) != ".") return std::nullopt;
  return code;
}

Outcome<void> Switchboard::connect(ConnectionNumber connection, const std::string& peer) {
  const auto city = city_of_peer(peer);
  if (!city) return refuse(Reason::peer_not_allowed, "the peer's certificate names no city");
  connections_[*city].push_back(connection);
  return {};
}

std::vector<Id> Switchboard::disconnect(ConnectionNumber connection) {
  for (auto& [city, list] : connections_) std::erase(list, connection);
  std::erase_if(connections_, [](const auto& entry) { return entry.second.empty(); });
  std::vector<Id> lost;
  for (const auto& [correlation, on] : waiting_) {
    if (on == connection) lost.push_back(correlation);
  }
  for (const auto& correlation : lost) waiting_.erase(correlation);
  return lost;
}

Outcome<ConnectionNumber> Switchboard::place(const std::string& city, const Id& correlation) {
  const auto found = connections_.find(city);
  if (found == connections_.end())
    return refuse(Reason::city_unreachable, "no issuer of city " + city + " is connected");
  if (waiting_.size() >= most_waiting_) return refuse(Reason::busy, "too many calls wait for cities");
  const auto connection = found->second[turns_[city]++ % found->second.size()];
  if (!waiting_.emplace(correlation, connection).second)
    return refuse(Reason::internal, "a correlation is in use already");
  return connection;
}

bool Switchboard::settle(ConnectionNumber connection, const Id& correlation) {
  const auto found = waiting_.find(correlation);
  if (found == waiting_.end() || found->second != connection) {
    ++dropped_;
    return false;
  }
  waiting_.erase(found);
  return true;
}

void Switchboard::forget(const Id& correlation) { waiting_.erase(correlation); }

std::vector<std::string> Switchboard::cities() const {
  std::vector<std::string> names;
  for (const auto& [city, list] : connections_) names.push_back(city);
  return names;
}

}  // namespace mado::relay
