// What a kiosk is made of: its keys, its lines and its machines.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "application/roster.hpp"
#include "card/reader.hpp"
#include "kiosk/core/acceptor.hpp"
#include "kiosk/core/journal.hpp"
#include "kiosk/core/printer.hpp"
#include "kiosk/edge/browser.hpp"
#include "trust/cryptography.hpp"
#include "wire/line.hpp"

namespace mado::kiosk {

// A simulated acceptor takes coins from the screen; a real one from its slot.
using InsertCoin = std::function<Outcome<void>(std::uint32_t yen)>;

struct KioskParts {
  std::unique_ptr<trust::Cryptography> crypto;
  std::shared_ptr<const application::RosterBook> roster;
  std::vector<Bytes> roster_authorities;
  std::filesystem::path roster_file;
  std::shared_ptr<const trust::SigningKey> device_key;
  std::unique_ptr<wire::Channel> center;
  std::unique_ptr<card::Reader> reader;
  std::unique_ptr<Printer> printer;
  std::unique_ptr<Acceptor> acceptor;
  InsertCoin insert_coin;  // empty: a real acceptor
  std::unique_ptr<Journal> journal;
  std::unique_ptr<Browser> browser;
};

}  // namespace mado::kiosk
