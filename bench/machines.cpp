#include "bench/machines.hpp"

#include "card/virtual_card/state_file.hpp"
#include "trust/file.hpp"

namespace mado::bench {

namespace {
constexpr std::size_t largest_state = 64 * 1024;  // bytes
}

Outcome<kiosk::PrinterStatus> CountingPrinter::status() {
  kiosk::PrinterStatus status;
  status.ready = true;
  status.impressions = impressions_;
  status.counts = true;
  return status;
}

std::expected<kiosk::PrintResult, kiosk::Printer::Failure> CountingPrinter::print(
    const Id& issuance, ByteView document, std::uint32_t expected_impressions,
    const std::function<void(kiosk::PrintProgress)>&) {
  if (tray_) tray_(issuance, document);
  impressions_ += expected_impressions;
  return kiosk::PrintResult{expected_impressions};
}

Outcome<void> PurseAcceptor::insert(std::uint32_t yen) {
  if (!inserted_) return refuse(Reason::payment_incomplete, "no coins are taken now");
  counters_.escrow += yen;
  inserted_(counters_.escrow);
  return {};
}

Outcome<void> PurseAcceptor::enable(std::function<void(std::uint32_t escrow)> inserted) {
  inserted_ = std::move(inserted);
  return {};
}

Outcome<void> PurseAcceptor::disable() {
  inserted_ = nullptr;
  return {};
}

Outcome<std::uint32_t> PurseAcceptor::capture(std::uint32_t due) {
  if (counters_.escrow < due) return refuse(Reason::payment_incomplete, "the escrow holds less than is due");
  const auto change = counters_.escrow - due;
  counters_.captured += due;
  counters_.escrow = 0;
  return change;
}

Outcome<std::uint32_t> PurseAcceptor::give_back() {
  counters_.returned += counters_.escrow;
  return std::exchange(counters_.escrow, 0);
}

Outcome<void> CardInProcess::bring(const std::filesystem::path& state_file) {
  MADO_TRY(state, trust::read_file(state_file, largest_state));
  MADO_TRY(memory, card::memory_from(Sensitive<std::string>{string_of(state)}));
  MADO_TRY(opened, card::VirtualCard::open(std::move(memory), memory_));
  const std::lock_guard lock(mutex_);
  card_.emplace(std::move(opened));
  return {};
}

Outcome<Bytes> CardInProcess::power_on() {
  const std::lock_guard lock(mutex_);
  if (!placed_ || !card_) return refuse(Reason::card_removed_early, "no card lies on the reader");
  card_->reset();
  return card::VirtualCard::atr();
}

Outcome<Bytes> CardInProcess::transmit(ByteView command) {
  const std::lock_guard lock(mutex_);
  if (!placed_ || !card_) return refuse(Reason::card_removed_early, "no card lies on the reader");
  return card_->answer(command);
}

void CardInProcess::power_off() {
  const std::lock_guard lock(mutex_);
  if (card_) card_->reset();
}

}  // namespace mado::bench
