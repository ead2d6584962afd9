// The machines of a kiosk without a body: what costs time in a store and is not the product's (printer, coin slot, the
// card's chip) costs next to nothing here, and keeps to the same ports.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>

#include "card/reader.hpp"
#include "card/virtual_card/virtual_card.hpp"
#include "kiosk/core/acceptor.hpp"
#include "kiosk/core/printer.hpp"

namespace mado::bench {

// Counts the sheets that it is given and throws them away.
class CountingPrinter final : public kiosk::Printer {
 public:
  // `impressions`: what its counter shows already, as the kiosk's journal has it.
  explicit CountingPrinter(std::uint64_t impressions) : impressions_(impressions) {}
  Outcome<kiosk::PrinterStatus> status() override;
  std::expected<kiosk::PrintResult, Failure> print(const Id& issuance, ByteView document,
                                                   std::uint32_t expected_impressions,
                                                   const std::function<void(kiosk::PrintProgress)>& progress) override;

 private:
  std::uint64_t impressions_;
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

// A reader with the virtual card in this very process; the card's memory is forgotten with it, not written to a disk.
class CardInProcess final : public card::Reader {
 public:
  // Reads a state file of madoguchi-card without claiming it: any number may hold the same card. Refusals: those of
  // reading it, and of VirtualCard::open.
  static Outcome<std::unique_ptr<CardInProcess>> from(const std::filesystem::path& state_file);

  void place() { placed_ = true; }    // from any thread
  void remove() { placed_ = false; }  // likewise

  Outcome<bool> card_present() override { return placed_.load(); }
  Outcome<Bytes> power_on() override;
  Outcome<Bytes> transmit(ByteView command) override;
  void power_off() override { card_->reset(); }

 private:
  struct Forgetful final : card::MemoryPort {
    Outcome<void> write(const card::CardMemory&) override { return {}; }
  };
  Forgetful memory_;
  std::optional<card::VirtualCard> card_;
  std::atomic<bool> placed_ = false;
};

}  // namespace mado::bench
