// The kiosk's printer over IPP (RFC 8011). IPP's `completed` alone is no proof that paper came out: the impressions
// must be counted and no alarm may stand.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "kiosk/core/printer.hpp"
#include "kiosk/edge/ipp_client.hpp"

namespace mado::kiosk {

struct IppPrinterSettings {
  std::string uri;                                  // ipp://HOST:PORT/ipp/print
  std::chrono::milliseconds request_limit{10'000};  // silence within one request, 100–60,000
  std::chrono::milliseconds print_limit{120'000};   // from the document's arrival until the last sheet is counted
  std::chrono::milliseconds cancel_limit{10'000};   // how long a cancelled job may take to end
  std::chrono::milliseconds poll_interval{200};     // between two looks at the job
  std::string media = "iso_a4_210x297mm";           // PWG 5101.1
  std::string sides = "one-sided";                  // RFC 8011 §5.2.8; of pages without backs
};

// `print` blocks for at most print_limit + cancel_limit and the requests then under way. Not for two threads at once.
class IppPrinter : public Printer {
 public:
  // Refusal: configuration_invalid. The printer is not asked yet.
  static Outcome<std::unique_ptr<IppPrinter>> make(IppPrinterSettings settings);

  Outcome<PrinterStatus> status() override;
  std::expected<PrintResult, Failure> print(const Id& issuance, ByteView document, std::uint32_t expected_impressions,
                                            const std::function<void(PrintProgress)>& progress) override;

 private:
  using Clock = std::chrono::steady_clock;
  struct Watched;  // one job under way

  IppPrinter(IppPrinterSettings settings, IppClient client);
  IppAnswer<std::int32_t> begin(const Id& issuance) const;
  void watch(Watched& job) const;
  bool look(Watched& job) const;
  void look_for_alarm(Watched& job) const;
  void cancel(Watched& job) const;

  IppPrinterSettings settings_;
  IppClient client_;
};

}  // namespace mado::kiosk
