#include "kiosk/edge/simulated_acceptor.hpp"

#include <algorithm>
#include <array>

namespace mado::kiosk {

namespace {
constexpr std::array<std::uint32_t, 4> coins{10, 50, 100, 500};
constexpr std::uint32_t most_in_escrow = 10'000;
constexpr const char* schema =
    "CREATE TABLE IF NOT EXISTS counters (only INTEGER PRIMARY KEY CHECK (only = 1), captured INTEGER NOT NULL, "
    "returned INTEGER NOT NULL, "
    "escrow INTEGER NOT NULL); INSERT OR IGNORE INTO counters VALUES (1, 0, 0, 0);";
}  // namespace

Outcome<std::unique_ptr<SimulatedAcceptor>> SimulatedAcceptor::open(const std::filesystem::path& file) {
  MADO_TRY(database, store::Database::open("acceptor_opened"_point, file, schema));
  return std::unique_ptr<SimulatedAcceptor>(new SimulatedAcceptor(std::move(database)));
}

Outcome<AcceptorCounters> SimulatedAcceptor::read() {
  AcceptorCounters counters;
  MADO_CHECK(database_->query("SELECT captured, returned, escrow FROM counters", {}, [&](const store::Row& row) {
    counters = {static_cast<std::uint64_t>(row.integer(0)), static_cast<std::uint64_t>(row.integer(1)),
                static_cast<std::uint32_t>(row.integer(2))};
  }));
  return counters;
}

Outcome<void> SimulatedAcceptor::write(CrashPoint point, const AcceptorCounters& counters) {
  return database_->write(point, "UPDATE counters SET captured = ?, returned = ?, escrow = ?",
                          {static_cast<std::int64_t>(counters.captured), static_cast<std::int64_t>(counters.returned),
                           static_cast<std::int64_t>(counters.escrow)});
}

Outcome<void> SimulatedAcceptor::insert(std::uint32_t yen) {
  std::function<void(std::uint32_t)> tell;
  std::uint32_t escrow = 0;
  {
    const std::lock_guard lock(mutex_);
    if (std::ranges::find(coins, yen) == coins.end()) return refuse(Reason::input_invalid, "no coin of that value");
    MADO_TRY(counters, read());
    if (!inserted_ || counters.escrow + yen > most_in_escrow)
      return refuse(Reason::payment_incomplete, "no coins are taken now");
    counters.escrow += yen;
    MADO_CHECK(write("coin_inserted"_point, counters));
    tell = inserted_;
    escrow = counters.escrow;
  }
  tell(escrow);
  return {};
}

Outcome<void> SimulatedAcceptor::enable(std::function<void(std::uint32_t escrow)> inserted) {
  const std::lock_guard lock(mutex_);
  inserted_ = std::move(inserted);
  return {};
}

Outcome<void> SimulatedAcceptor::disable() {
  const std::lock_guard lock(mutex_);
  inserted_ = nullptr;
  return {};
}

Outcome<std::uint32_t> SimulatedAcceptor::capture(std::uint32_t due) {
  const std::lock_guard lock(mutex_);
  MADO_TRY(counters, read());
  if (counters.escrow < due) return refuse(Reason::payment_incomplete, "the escrow holds less than is due");
  const auto change = counters.escrow - due;
  counters.captured += due;
  counters.escrow = 0;
  MADO_CHECK(write("coins_captured"_point, counters));
  return change;
}

Outcome<std::uint32_t> SimulatedAcceptor::give_back() {
  const std::lock_guard lock(mutex_);
  MADO_TRY(counters, read());
  const auto returned = counters.escrow;
  counters.returned += returned;
  counters.escrow = 0;
  MADO_CHECK(write("coins_returned"_point, counters));
  return returned;
}

Outcome<AcceptorCounters> SimulatedAcceptor::counters() {
  const std::lock_guard lock(mutex_);
  return read();
}

}  // namespace mado::kiosk
