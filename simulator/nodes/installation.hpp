// The trust of a simulated installation: made once, before any node starts.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "application/roster.hpp"
#include "simulator/trust/keys.hpp"

namespace mado::simulator {

// Two builds of the programs are about; the newer roster asks for the newer (chain rule 16).
inline constexpr std::uint64_t older_build = 1;
inline constexpr std::uint64_t newer_build = 2;

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
  // The adversary's: a city of the roster and a registered kiosk. It has a center's key as well (adversary.hpp).
  City corrupt_city;
  std::string corrupt_kiosk;
  std::shared_ptr<const trust::SigningKey> corrupt_device;
  Bytes token_key;
  std::vector<Bytes> signed_rosters;  // by edition
  std::size_t edition = 0;            // of the roster that lies at center and issuers now
  std::vector<Bytes> roster_authorities;
  std::shared_ptr<const application::RosterBook> roster;  // of the first edition

  // What a program of this build makes of the roster that lies there now. Refusal: as RosterBook::read.
  Outcome<std::shared_ptr<const application::RosterBook>> read_roster(trust::Cryptography& crypto,
                                                                      ByteView signed_roster, std::uint64_t build,
                                                                      Instant now) const;
};
Installation make_installation(Keys& keys, const std::vector<std::string>& cities, int centers, int kiosks,
                               Instant now);

}  // namespace mado::simulator
