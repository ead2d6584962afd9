// What script/make_installation made, as far as a kiosk needs it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "application/roster.hpp"
#include "trust/cryptography.hpp"
#include "wire/line.hpp"

namespace mado::bench {

struct Installation {
  std::filesystem::path directory;
  int port = 0;  // the base of its block of ports
  std::string city;

  // Refusal: input_invalid if `directory` holds none.
  static Outcome<Installation> read(const std::filesystem::path& directory);

  std::filesystem::path at(const std::string& name) const { return directory / name; }
  // "K000007" of 7.
  static std::string kiosk_name(int number);
  Outcome<std::unique_ptr<trust::SigningKey>> device_key(int number) const;
  // The line of this kiosk to the relay; connects when it is first used.
  Outcome<std::unique_ptr<wire::Channel>> open_line(int number) const;
  Outcome<std::vector<Bytes>> roster_authorities() const;
};

}  // namespace mado::bench
