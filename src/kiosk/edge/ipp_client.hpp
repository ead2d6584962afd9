// The five IPP requests (RFC 8011) with which a kiosk prints, over CUPS' client library. One connection a request; no
// file is written, no cupsd is needed.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/refusal.hpp"

namespace mado::kiosk {

// RFC 8011 §5.4.11
enum class PrinterState : std::uint8_t { idle = 3, processing = 4, stopped = 5 };

struct PrinterReport {
  PrinterState state = PrinterState::stopped;
  bool accepting_jobs = false;
  std::vector<std::string> reasons;  // printer-state-reasons
  std::uint32_t queued_jobs = 0;
  std::optional<std::uint64_t> impressions;  // printer-impressions-completed, if the printer has a life-time count
};

// RFC 8011 §5.3.7
enum class JobState : std::uint8_t {
  pending = 3,
  held = 4,
  processing = 5,
  stopped = 6,
  canceled = 7,
  aborted = 8,
  completed = 9
};

struct JobReport {
  JobState state = JobState::pending;
  std::vector<std::string> reasons;          // job-state-reasons
  std::optional<std::uint32_t> impressions;  // job-impressions-completed, if the printer says so
  bool has_ended() const { return state >= JobState::canceled; }
};

struct IppTrouble {
  enum class Kind {
    unreachable,  // no connection, a broken one, or silence over the limit
    refused,      // the printer answered with an error
    not_found,    // client-error-not-found: it knows no such job
    unreadable,   // an answer without what was asked
  };
  Kind kind = Kind::unreachable;
  std::string cause;
};
template <typename T>
using IppAnswer = std::expected<T, IppTrouble>;

struct JobWishes {
  std::string name;   // ASCII, ≤ 255 bytes
  std::string media;  // PWG 5101.1: "iso_a4_210x297mm"
  std::string sides;  // "one-sided", "two-sided-long-edge", "two-sided-short-edge"
};

class IppClient {
 public:
  // `uri`: ipp://HOST[:PORT]/PATH or ipps://…. `limit`: the longest silence within one request. Nothing is connected
  // yet. Refusal: configuration_invalid.
  static Outcome<IppClient> make(const std::string& uri, std::chrono::milliseconds limit);

  // Get-Printer-Attributes, RFC 8011 §4.2.5.
  IppAnswer<PrinterReport> printer() const;
  // Create-Job, §4.2.4; returns the job's number. A wish that the printer cannot meet is refused
  // (ipp-attribute-fidelity).
  IppAnswer<std::int32_t> create_job(const JobWishes& wishes) const;
  // Send-Document, §4.3.1, as the only document of the job, application/pdf, from memory.
  IppAnswer<void> send_document(std::int32_t job, ByteView pdf) const;
  // Get-Job-Attributes, §4.3.4.
  IppAnswer<JobReport> job(std::int32_t job) const;
  // Cancel-Job, §4.3.3. A job that has ended already gives `refused`.
  IppAnswer<void> cancel(std::int32_t job) const;

 private:
  struct Place {
    std::string uri;  // as the printer is told: ipp://…
    std::string host;
    int port = 631;
    std::string path;
    bool encrypted = false;
  };
  IppClient(Place place, std::chrono::milliseconds limit) : place_(std::move(place)), limit_(limit) {}

  struct Wire;  // what of libcups is needed: only in the .cpp
  Place place_;
  std::chrono::milliseconds limit_;
};

}  // namespace mado::kiosk
