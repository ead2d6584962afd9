// The machines of a kiosk without a body: what costs time in a store and is not the product's (printer, coin slot, the
// card's chip) costs next to nothing here, and keeps to the same ports.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>

#include "card/reader.hpp"
#include "card/virtual_card/virtual_card.hpp"
#include "kiosk/core/acceptor.hpp"
#include "kiosk/core/printer.hpp"

namespace mado::bench {

// Counts the sheets that it is given, and throws them away unless somebody holds a tray.
class CountingPrinter final : public kiosk::Printer {
 public:
  using Tray = std::function<void(const Id& issuance, ByteView document)>;
  // `impressions`: what its counter shows already, as the kiosk's journal has it.
  CountingPrinter(std::uint64_t impressions, Tray tray) : impressions_(impressions), tray_(std::move(tray)) {}
  Outcome<kiosk::PrinterStatus> status() override;
  std::expected<kiosk::PrintResult, Failure> print(const Id& issuance, ByteView document,
                                                   std::uint32_t expected_impressions,
                                                   const std::function<void(kiosk::PrintProgress)>& progress) override;

 private:
  std::uint64_t impressions_;
  Tray tray_;
};

// Takes any sum at once; its counters live in memory.
class PurseAcceptor final : public kiosk::Acceptor {
 public:
  // `captured`: yen that its box counts already, as the kiosk's journal has it.
  explicit PurseAcceptor(std::uint64_t captured) { counters_.captured = captured; }
  // Tells whoever enabled the acceptor. Refusal: payment_incomplete while nobody has.
  Outcome<void> insert(std::uint32_t yen);

  Outcome<void> enable(std::function<void(std::uint32_t escrow)> inserted) override;
  Outcome<void> disable() override;
  Outcome<std::uint32_t> capture(std::uint32_t due) override;
  Outcome<std::uint32_t> give_back() override;
  Outcome<kiosk::AcceptorCounters> counters() override { return counters_; }

 private:
  kiosk::AcceptorCounters counters_;
  std::function<void(std::uint32_t)> inserted_;
};

// A reader with a virtual card in this very process; the card's memory is forgotten with it, not written to a disk.
class CardInProcess final : public card::Reader {
 public:
  // Which card is put on next. Reads a state file of madoguchi-card without claiming it: any number may hold the same
  // card. Refusals: those of reading it, and of VirtualCard::open. From any thread, as are place() and remove().
  Outcome<void> bring(const std::filesystem::path& state_file);

  void place() { placed_ = true; }
  void remove() { placed_ = false; }

  Outcome<bool> card_present() override { return placed_.load(); }
  Outcome<Bytes> power_on() override;
  Outcome<Bytes> transmit(ByteView command) override;
  void power_off() override;

 private:
  struct Forgetful final : card::MemoryPort {
    Outcome<void> write(CrashPoint, const card::CardMemory&) override { return {}; }
  };
  Forgetful memory_;
  std::mutex mutex_;
  std::optional<card::VirtualCard> card_;
  std::atomic<bool> placed_ = false;
};

}  // namespace mado::bench
