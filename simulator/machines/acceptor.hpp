// The coin acceptor as a machine: its counters are its own and survive the kiosk's process.
#pragma once

#include "kiosk/core/acceptor.hpp"
#include "simulator/invariants/book.hpp"
#include "simulator/swarm/faults.hpp"

namespace mado::simulator {

class SimulatedAcceptor final : public kiosk::Acceptor {
 public:
  SimulatedAcceptor(std::string kiosk, Book& book, Faults& faults)
      : kiosk_(std::move(kiosk)), book_(book), faults_(faults) {}

  Outcome<void> enable(std::function<void(std::uint32_t escrow)> inserted) override;
  Outcome<void> disable() override;
  Outcome<std::uint32_t> capture(std::uint32_t due) override;
  Outcome<std::uint32_t> give_back() override;
  Outcome<kiosk::AcceptorCounters> counters() override;

  // The process that had enabled it is gone.
  void let_go() { inserted_ = nullptr; }
  // A coin at the slot; false: it falls through.
  bool insert(std::uint32_t yen);
  // Coins inserted from now on are for this application.
  void serves(const Id& issuance) { issuance_ = issuance; }
  std::uint32_t escrow() const { return counters_.escrow; }
  std::uint64_t captured() const { return counters_.captured; }
  // Staff open the escrow and put what lies there aside, for its case.
  void put_aside() { counters_.escrow = 0; }

 private:
  Outcome<void> answer();

  std::string kiosk_;
  Book& book_;
  Faults& faults_;
  kiosk::AcceptorCounters counters_;
  Id issuance_;
  std::function<void(std::uint32_t)> inserted_;
};

}  // namespace mado::simulator
