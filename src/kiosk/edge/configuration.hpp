// Everything that a kiosk's settings file says, read once; and the machines that it names.
#pragma once

#include "application/roster_file.hpp"
#include "kiosk/edge/ipp_printer.hpp"
#include "kiosk/edge/kiosk_driver.hpp"
#include "operation/settings.hpp"

namespace mado::kiosk {

struct TrustFiles {
  std::filesystem::path device_key;
  std::filesystem::path device_certificate;
  application::RosterFiles roster;
};

struct RelayLine {
  std::string target;
  std::string peer;
  wire::LineCredentials credentials;
  wire::Limits limits;
};

struct ReaderSettings {
  std::string kind;     // "direct" or "pcsc"
  std::string address;  // of a direct card
  std::string name;     // of a PC/SC reader; empty: the first
  std::chrono::milliseconds answer_limit{5000};
};

struct Configuration {
  KioskSettings kiosk;
  TrustFiles trust;
  RelayLine relay;
  ReaderSettings reader;
  IppPrinterSettings printer;
  std::filesystem::path acceptor_file;  // of the simulated acceptor, the only kind built in
  std::filesystem::path journal_file;
  std::vector<std::string> browser;  // program and arguments; empty: none is started
  std::filesystem::path profiles;
};

// Refusal: configuration_invalid, naming each setting that is wrong. docs/configuration.md.
Outcome<Configuration> read_configuration(operation::Settings& settings);

Outcome<std::unique_ptr<card::Reader>> make_reader(const ReaderSettings& settings);

}  // namespace mado::kiosk
