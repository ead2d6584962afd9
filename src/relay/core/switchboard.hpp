// The transfer server's table (転送サーバ, S6): which call waits for an answer from which connection. Correlations are
// 128 random bits; an answer counts only if it comes over the very connection that its call left by, and only once. A
// late or unknown answer is dropped (lessons.md, 横浜). Pure: no threads, no clock, no sockets.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/refusal.hpp"

namespace mado::relay {

using ConnectionNumber = std::uint64_t;  // never reused within a process

// The city that a peer's certificate names: "issuer-1.city-131016.lgwan.example" → "131016". Chain rule 6.
std::optional<std::string> city_of_peer(const std::string& peer);

class Switchboard {
 public:
  explicit Switchboard(std::size_t most_waiting) : most_waiting_(most_waiting) {}

  // An issuer has dialled in. Refusal: peer_not_allowed if its name names no city.
  Outcome<void> connect(ConnectionNumber connection, const std::string& peer);
  // Its calls that wait are lost: returns their correlations.
  std::vector<Id> disconnect(ConnectionNumber connection);

  // Chooses a connection of the city (in turn) and remembers the call. Refusals: city_unreachable, busy; internal if
  // the correlation is already in use.
  Outcome<ConnectionNumber> place(const std::string& city, const Id& correlation);
  // True once: the answer's call waits on that connection. Anything else is dropped and counted.
  bool settle(ConnectionNumber connection, const Id& correlation);
  // The caller waits no longer.
  void forget(const Id& correlation);

  std::size_t waiting() const { return waiting_.size(); }
  std::uint64_t dropped() const { return dropped_; }
  std::vector<std::string> cities() const;

 private:
  std::size_t most_waiting_;
  std::map<std::string, std::vector<ConnectionNumber>> connections_;
  std::map<std::string, std::size_t> turns_;
  std::map<Id, ConnectionNumber> waiting_;
  std::uint64_t dropped_ = 0;
};

}  // namespace mado::relay
