#include "kiosk/edge/kiosk_place.hpp"

#include "card/direct_reader.hpp"
#include "card/pcsc_reader.hpp"
#include "kiosk/edge/ipp_printer.hpp"
#include "kiosk/edge/kiosk_driver.hpp"
#include "kiosk/edge/simulated_acceptor.hpp"
#include "kiosk/edge/sqlite_journal.hpp"
#include "trust/file.hpp"
#include "trust/openssl_cryptography.hpp"

namespace mado::kiosk {

namespace {
constexpr std::size_t largest_roster = 4 * 1024 * 1024;

struct RunningKiosk final : operation::Running {
  std::unique_ptr<KioskDriver> driver;
  std::string unhealthy() const override { return driver->trouble(); }
};

std::chrono::seconds seconds(operation::Settings& settings, const std::string& key, std::int64_t most,
                             std::int64_t otherwise) {
  return std::chrono::seconds{settings.integer(key, 1, most, otherwise)};
}

KioskSettings read_kiosk_settings(operation::Settings& settings) {
  KioskSettings read;
  read.session.kiosk = settings.text("kiosk.name");
  if (!application::is_kiosk_name(read.session.kiosk))
    settings.complain("kiosk.name", "must be 1 to 32 of A-Z, 0-9 and -");
  read.session.idle = seconds(settings, "times.idle_seconds", 600, 60);
  read.session.take = seconds(settings, "times.take_seconds", 600, 60);
  read.session.line = seconds(settings, "times.line_seconds", 300, 60);
  read.session.print = seconds(settings, "times.print_seconds", 3600, 600);
  read.look_at_reader = settings.milliseconds("times.look_at_reader_ms", 10, 5000, 200);
  read.retry_idle = settings.milliseconds("times.retry_idle_ms", 100, 60'000, 3000);
  read.retry_report = settings.milliseconds("times.retry_report_ms", 100, 3'600'000, 10'000);
  read.screen_address = settings.text("screen.listen");
  read.pages = settings.path("screen.pages");
  read.address_file = settings.path("screen.address_file", std::filesystem::path());
  return read;
}

Outcome<std::unique_ptr<card::Reader>> make_reader(operation::Settings& settings) {
  const auto kind = settings.text("reader.kind");
  const auto address = settings.text("reader.address", "");
  const auto name = settings.text("reader.name", "");
  const auto limit = settings.milliseconds("reader.answer_limit_ms", 100, 60'000, 5000);
  if (kind == "pcsc") return std::make_unique<card::PcscReader>(card::PcscSettings{name, true});
  if (kind == "direct") {
    MADO_TRY(reader, card::DirectReader::make(address, limit));
    return std::unique_ptr<card::Reader>(std::move(reader));
  }
  return refuse(Reason::configuration_invalid, "setting \"reader.kind\" must be \"direct\" or \"pcsc\"");
}

Outcome<std::unique_ptr<Printer>> make_printer(operation::Settings& settings) {
  IppPrinterSettings printer;
  printer.uri = settings.text("printer.uri");
  printer.print_limit = settings.milliseconds("printer.print_limit_ms", 1000, 3'600'000, 300'000);
  printer.request_limit = settings.milliseconds("printer.request_limit_ms", 100, 60'000, 10'000);
  printer.cancel_limit = settings.milliseconds("printer.cancel_limit_ms", 100, 60'000, 10'000);
  printer.sides = settings.text("printer.sides", "one-sided");
  MADO_TRY(made, IppPrinter::make(printer));
  return std::unique_ptr<Printer>(std::move(made));
}

// The kinds of coin acceptor that are built in. A machine's own protocol becomes another kind here.
struct AcceptorChoice {
  std::filesystem::path file;

  Outcome<void> open(KioskParts& parts) const {
    MADO_TRY(simulated, SimulatedAcceptor::open(file));
    parts.insert_coin = [raw = simulated.get()](std::uint32_t yen) { return raw->insert(yen); };
    parts.acceptor = std::move(simulated);
    return {};
  }
};

AcceptorChoice read_acceptor(operation::Settings& settings) {
  if (settings.text("acceptor.kind") != "simulated")
    settings.complain("acceptor.kind", "must be \"simulated\", the only kind built in");
  return {settings.path("acceptor.file")};
}

struct TrustFiles {
  std::filesystem::path device_key;
  std::filesystem::path device_certificate;
  std::filesystem::path roster;
  std::vector<std::filesystem::path> roster_authorities;
};

Outcome<void> load_trust(const TrustFiles& files, KioskParts& parts) {
  parts.crypto = trust::make_openssl_cryptography();
  MADO_TRY(device_key, trust::load_signing_key(files.device_key, files.device_certificate));
  parts.device_key = std::move(device_key);
  for (const auto& file : files.roster_authorities) {
    MADO_TRY(authority, trust::load_certificate(file));
    parts.roster_authorities.push_back(std::move(authority));
  }
  MADO_TRY(signed_roster, trust::read_file(files.roster, largest_roster));
  auto roster =
      application::RosterBook::read(*parts.crypto, signed_roster, parts.roster_authorities, 0, operation::now());
  if (!roster) return refuse(roster.error().reason, "setting \"roster.file\": " + roster.error().cause);
  parts.roster = std::make_shared<application::RosterBook>(std::move(*roster));
  parts.roster_file = files.roster;
  return {};
}
}  // namespace

Outcome<std::unique_ptr<operation::Running>> start_kiosk(operation::Settings& settings,
                                                         operation::Surroundings surroundings) {
  auto kiosk_settings = read_kiosk_settings(settings);
  const TrustFiles trust_files{settings.existing_file("kiosk.device_key"),
                               settings.existing_file("kiosk.device_certificate"),
                               settings.existing_file("roster.file"), settings.existing_files("roster.authorities")};
  const auto target = settings.text("relay.target");
  const auto peer = settings.text("relay.peer");
  const auto credentials = wire::read_credentials(settings, "relay");
  const auto limits = wire::read_limits(settings, "relay");
  const auto journal_file = settings.path("journal.file");
  const auto acceptor = read_acceptor(settings);
  const auto browser = settings.texts("screen.browser", std::vector<std::string>{});
  const auto profiles = settings.path("screen.profiles", std::filesystem::temp_directory_path());
  MADO_TRY(reader, make_reader(settings));
  MADO_TRY(printer, make_printer(settings));
  MADO_CHECK(settings.finish());

  KioskParts parts;
  MADO_CHECK(load_trust(trust_files, parts));
  MADO_TRY(center, wire::Channel::open(target, peer, credentials, limits));
  parts.center = std::move(center);
  parts.reader = std::move(reader);
  parts.printer = std::move(printer);
  MADO_CHECK(acceptor.open(parts));
  MADO_TRY(journal, open_journal(journal_file));
  parts.journal = std::move(journal);
  parts.browser = std::make_unique<Browser>(browser, profiles);
  auto place = std::make_unique<RunningKiosk>();
  MADO_TRY(driver, KioskDriver::start(std::move(kiosk_settings), std::move(parts), surroundings.metrics));
  place->driver = std::move(driver);
  return std::unique_ptr<operation::Running>(std::move(place));
}

}  // namespace mado::kiosk
