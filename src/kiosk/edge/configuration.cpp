#include "kiosk/edge/configuration.hpp"

#include "card/direct_reader.hpp"
#include "card/pcsc_reader.hpp"

namespace mado::kiosk {

namespace {
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

TrustFiles read_trust_files(operation::Settings& settings) {
  return {settings.existing_file("kiosk.device_key"),
          settings.existing_file("kiosk.device_certificate"),
          {settings.existing_file("roster.file"), settings.existing_files("roster.authorities"), 0}};
}

RelayLine read_relay(operation::Settings& settings) {
  return {settings.text("relay.target"), settings.text("relay.peer"), wire::read_credentials(settings, "relay"),
          wire::read_limits(settings, "relay")};
}

ReaderSettings read_reader(operation::Settings& settings) {
  ReaderSettings reader{settings.text("reader.kind"), settings.text("reader.address", ""),
                        settings.text("reader.name", ""),
                        settings.milliseconds("reader.answer_limit_ms", 100, 60'000, 5000)};
  if (reader.kind != "direct" && reader.kind != "pcsc")
    settings.complain("reader.kind", "must be \"direct\" or \"pcsc\"");
  return reader;
}

IppPrinterSettings read_printer(operation::Settings& settings) {
  IppPrinterSettings printer;
  printer.uri = settings.text("printer.uri");
  printer.print_limit = settings.milliseconds("printer.print_limit_ms", 1000, 3'600'000, 300'000);
  printer.request_limit = settings.milliseconds("printer.request_limit_ms", 100, 60'000, 10'000);
  printer.cancel_limit = settings.milliseconds("printer.cancel_limit_ms", 100, 60'000, 10'000);
  printer.sides = settings.text("printer.sides", "one-sided");
  return printer;
}
}  // namespace

Outcome<Configuration> read_configuration(operation::Settings& settings) {
  Configuration read;
  read.kiosk = read_kiosk_settings(settings);
  read.trust = read_trust_files(settings);
  read.relay = read_relay(settings);
  read.reader = read_reader(settings);
  read.printer = read_printer(settings);
  // A machine's own protocol becomes another kind here.
  if (settings.text("acceptor.kind") != "simulated")
    settings.complain("acceptor.kind", "must be \"simulated\", the only kind built in");
  read.acceptor_file = settings.path("acceptor.file");
  read.journal_file = settings.path("journal.file");
  read.browser = settings.texts("screen.browser", std::vector<std::string>{});
  read.profiles = settings.path("screen.profiles", std::filesystem::temp_directory_path());
  MADO_CHECK(settings.finish());
  return read;
}

Outcome<std::unique_ptr<card::Reader>> make_reader(const ReaderSettings& settings) {
  if (settings.kind == "pcsc") return std::make_unique<card::PcscReader>(card::PcscSettings{settings.name, true});
  MADO_TRY(reader, card::DirectReader::make(settings.address, settings.answer_limit));
  return std::unique_ptr<card::Reader>(std::move(reader));
}

}  // namespace mado::kiosk
