#include "bench/installation.hpp"

#include <fmt/format.h>

#include <charconv>
#include <fstream>

#include "trust/openssl_cryptography.hpp"

namespace mado::bench {

namespace {
// As script/make_installation sets its kiosk.
constexpr int relay_port = 12;  // from the base
constexpr wire::Limits limits{.largest_message = 20 * 1024 * 1024, .deadline = std::chrono::seconds{45}};
}  // namespace

Outcome<Installation> Installation::read(const std::filesystem::path& directory) {
  Installation read{directory, 0, {}};
  std::ifstream facts(directory / "installation");
  for (std::string line; std::getline(facts, line);) {
    if (line.starts_with("port=")) std::from_chars(line.data() + 5, line.data() + line.size(), read.port);
    if (line.starts_with("city=")) read.city = line.substr(5);
  }
  if (read.port == 0 || read.city.empty())
    return refuse(Reason::input_invalid, directory.string() + " holds no installation");
  return read;
}

std::string Installation::kiosk_name(int number) { return fmt::format("K{:06}", number); }

Outcome<std::unique_ptr<trust::SigningKey>> Installation::device_key(int number) const {
  const auto stem = "keys/kiosk/" + kiosk_name(number);
  return trust::load_signing_key(at(stem + ".key"), at(stem + ".pem"));
}

Outcome<std::unique_ptr<wire::Channel>> Installation::open_line(int number) const {
  const auto member = fmt::format("keys/store/k{:06}.kiosk.store.example", number);
  return wire::Channel::open(fmt::format("127.0.0.1:{}", port + relay_port), "relay-1.store.example",
                             {at("keys/store/authority.pem"), at(member + ".pem"), at(member + ".key")}, limits);
}

Outcome<std::vector<Bytes>> Installation::roster_authorities() const {
  std::vector<Bytes> authorities;
  for (int i = 1; i <= 3; ++i) {
    MADO_TRY(authority, trust::load_certificate(at(fmt::format("keys/roster/roster-{}.pem", i))));
    authorities.push_back(std::move(authority));
  }
  return authorities;
}

}  // namespace mado::bench
