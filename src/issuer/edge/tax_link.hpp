// The task of a running issuer that keeps its tax store up to date: finishes a roll-over that was broken off, then
// links at an interval.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "issuer/edge/tax_linker.hpp"
#include "operation/metrics.hpp"

namespace mado::issuer {

struct TaxLinkSettings {
  std::chrono::milliseconds interval{600'000};  // from the end of one link to the begin of the next
  std::chrono::milliseconds retry{10'000};      // the same after a link that was refused; `interval` if that is shorter
  std::uint64_t most_records = 2'000'000;       // of one year
};

class TaxLink {
 public:
  // Begins at once. The store is this task's own connection; `metrics` must outlive it.
  TaxLink(TaxLinkSettings settings, std::unique_ptr<TaxStore> store, AskTaxRegister ask, operation::Metrics& metrics);
  // Waits for a page that is under way; the pass goes on with the next start.
  ~TaxLink();

 private:
  void keep_linking(const std::stop_token& stop);
  Outcome<void> link_once(const std::stop_token& stop);
  void show_years();

  TaxLinkSettings settings_;
  std::unique_ptr<TaxStore> store_;
  TaxLinker linker_;
  operation::Metrics& metrics_;
  std::mutex mutex_;
  std::condition_variable_any stopped_;
  std::jthread thread_;
};

}  // namespace mado::issuer
