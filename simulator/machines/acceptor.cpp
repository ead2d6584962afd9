#include "simulator/machines/acceptor.hpp"

namespace mado::simulator {

namespace {
constexpr std::uint32_t most_in_escrow = 10'000;
}

Outcome<void> SimulatedAcceptor::answer() {
  if (faults_.happens(Fault::acceptor_fails)) return refuse(Reason::payment_incomplete, "the acceptor does nothing");
  return {};
}

Outcome<void> SimulatedAcceptor::enable(std::function<void(std::uint32_t escrow)> inserted) {
  MADO_CHECK(answer());
  inserted_ = std::move(inserted);
  return {};
}

Outcome<void> SimulatedAcceptor::disable() {
  inserted_ = nullptr;
  return {};
}

bool SimulatedAcceptor::insert(std::uint32_t yen) {
  if (!inserted_ || counters_.escrow + yen > most_in_escrow) return false;
  counters_.escrow += yen;
  book_.inserted(kiosk_, issuance_, yen);
  inserted_(counters_.escrow);
  return true;
}

Outcome<std::uint32_t> SimulatedAcceptor::capture(std::uint32_t due) {
  MADO_CHECK(answer());
  if (counters_.escrow < due) return refuse(Reason::payment_incomplete, "the escrow holds less than is due");
  const auto change = counters_.escrow - due;
  counters_.captured += due;
  counters_.escrow = 0;
  book_.captured(kiosk_, issuance_, due, change);
  return change;
}

Outcome<std::uint32_t> SimulatedAcceptor::give_back() {
  MADO_CHECK(answer());
  const auto returned = std::exchange(counters_.escrow, 0);
  counters_.returned += returned;
  if (returned > 0) book_.returned(kiosk_, issuance_, returned);
  return returned;
}

Outcome<kiosk::AcceptorCounters> SimulatedAcceptor::counters() {
  MADO_CHECK(answer());
  return counters_;
}

}  // namespace mado::simulator
