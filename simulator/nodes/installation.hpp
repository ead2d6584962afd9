// The trust of a simulated installation: made once, before any node starts.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "application/roster.hpp"
#include "simulator/trust/keys.hpp"

namespace mado::simulator {

struct Installation {
  struct City {
    std::string code;
    std::string name;
    std::shared_ptr<const trust::SigningKey> statement_key;
    std::shared_ptr<const trust::ReceivingKey> receiving_key;
    Bytes handle_key;
  };
  struct CenterKey {
    std::string name;
    std::shared_ptr<const trust::SigningKey> key;
  };
  std::vector<City> cities;
  std::vector<CenterKey> centers;
  std::vector<std::string> kiosks;
  Bytes token_key;
  Bytes signed_roster;
  std::vector<Bytes> roster_authorities;
  std::shared_ptr<const application::RosterBook> roster;
};
Installation make_installation(Keys& keys, const std::vector<std::string>& cities, int centers, int kiosks,
                               Instant now);

}  // namespace mado::simulator
