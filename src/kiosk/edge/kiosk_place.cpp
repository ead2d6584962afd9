#include "kiosk/edge/kiosk_place.hpp"

#include "kiosk/edge/configuration.hpp"
#include "kiosk/edge/simulated_acceptor.hpp"
#include "kiosk/edge/sqlite_journal.hpp"
#include "trust/openssl_cryptography.hpp"

namespace mado::kiosk {

namespace {
struct RunningKiosk final : operation::Running {
  std::unique_ptr<KioskDriver> driver;
  std::string unhealthy() const override { return driver->trouble(); }
};

Outcome<void> load_trust(const TrustFiles& files, KioskParts& parts) {
  parts.crypto = trust::make_openssl_cryptography();
  MADO_TRY(device_key, trust::load_signing_key(files.device_key, files.device_certificate));
  parts.device_key = std::move(device_key);
  MADO_TRY(pinned, application::load_roster(files.roster, "roster.file", *parts.crypto, operation::now()));
  parts.roster_authorities = std::move(pinned.authorities);
  parts.roster = std::move(pinned.book);
  parts.roster_file = files.roster.roster;
  return {};
}
}  // namespace

Outcome<std::unique_ptr<operation::Running>> start_kiosk(operation::Settings& settings,
                                                         operation::Surroundings surroundings) {
  MADO_TRY(configuration, read_configuration(settings));
  KioskParts parts;
  MADO_CHECK(load_trust(configuration.trust, parts));
  const auto& relay = configuration.relay;
  MADO_TRY(center, wire::Channel::open(relay.target, relay.peer, relay.credentials, relay.limits));
  parts.center = std::move(center);
  MADO_TRY(reader, make_reader(configuration.reader));
  parts.reader = std::move(reader);
  MADO_TRY(printer, IppPrinter::make(configuration.printer));
  parts.printer = std::move(printer);
  MADO_TRY(acceptor, SimulatedAcceptor::open(configuration.acceptor_file));
  parts.insert_coin = [raw = acceptor.get()](std::uint32_t yen) { return raw->insert(yen); };
  parts.acceptor = std::move(acceptor);
  MADO_TRY(journal, open_journal(configuration.journal_file));
  parts.journal = std::move(journal);
  parts.browser = std::make_unique<Browser>(configuration.browser, configuration.profiles);
  auto place = std::make_unique<RunningKiosk>();
  MADO_TRY(driver, KioskDriver::start(std::move(configuration.kiosk), std::move(parts), surroundings.metrics));
  place->driver = std::move(driver);
  return std::unique_ptr<operation::Running>(std::move(place));
}

}  // namespace mado::kiosk
