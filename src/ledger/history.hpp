// The center's history (利用履歴): when, which kind, which outcome, and digests that nobody can guess from. No names,
// no numbers, no page (promise P3; mission.md S5).
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/instant.hpp"
#include "base/refusal.hpp"

namespace mado::ledger {

struct HistoryEvent {
  std::string step;  // "open", "apply", "confirm", "report"
  std::string city;
  std::string kiosk;
  std::string outcome;  // "answered" or a reason's code; of a report: the ending
  Bytes digest;         // [32] of the salted statement that the step was about
  Instant at;
};

class History {
 public:
  virtual ~History() = default;
  // Durable when it returns. Refusal: storage_failed.
  virtual Outcome<void> record(const HistoryEvent& event) = 0;
  virtual Outcome<std::vector<HistoryEvent>> newest(std::size_t most) = 0;
};

Outcome<std::unique_ptr<History>> open_history(const std::filesystem::path& file);

}  // namespace mado::ledger
