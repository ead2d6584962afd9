// The center's history over a simulated disk (ledger/history.hpp).
#pragma once

#include "ledger/history.hpp"
#include "simulator/disk/disk.hpp"

namespace mado::simulator {

using HistoryContent = std::vector<ledger::HistoryEvent>;

class HistoryStandIn final : public ledger::History {
 public:
  HistoryStandIn(HistoryContent& content, Disk disk) : content_(content), disk_(disk) {}

  Outcome<void> record(const ledger::HistoryEvent& event) override {
    return disk_.commit([&] { content_.push_back(event); });
  }
  Outcome<std::vector<ledger::HistoryEvent>> newest(std::size_t most) override {
    const auto count = std::min(most, content_.size());
    return std::vector(content_.rbegin(), content_.rbegin() + static_cast<std::ptrdiff_t>(count));
  }

 private:
  HistoryContent& content_;
  Disk disk_;
};

}  // namespace mado::simulator
