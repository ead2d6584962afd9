// A coin acceptor without a slot: coins come from the demo's screen or a test. Its counters are durable, as a real
// machine's are, in a file of its own.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>

#include "kiosk/core/acceptor.hpp"
#include "store/database.hpp"

namespace mado::kiosk {

class SimulatedAcceptor final : public Acceptor {
 public:
  // Refusal: storage_failed.
  static Outcome<std::unique_ptr<SimulatedAcceptor>> open(const std::filesystem::path& file);

  // A coin of 10, 50, 100 or 500 yen. Refusals: payment_incomplete while no coins are taken or beyond 10,000 yen,
  // input_invalid for anything that is no such coin.
  Outcome<void> insert(std::uint32_t yen);

  Outcome<void> enable(std::function<void(std::uint32_t escrow)> inserted) override;
  Outcome<void> disable() override;
  Outcome<std::uint32_t> capture(std::uint32_t due) override;
  Outcome<std::uint32_t> give_back() override;
  Outcome<AcceptorCounters> counters() override;

 private:
  explicit SimulatedAcceptor(std::unique_ptr<store::Database> database) : database_(std::move(database)) {}
  Outcome<AcceptorCounters> read();
  Outcome<void> write(CrashPoint point, const AcceptorCounters& counters);

  std::mutex mutex_;
  std::unique_ptr<store::Database> database_;
  std::function<void(std::uint32_t)> inserted_;
};

}  // namespace mado::kiosk
