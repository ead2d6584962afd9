// The kiosk's journal (取引記録): one row an issuance, durable before the next outside effect (chain rule 11, promise
// P2). It holds no personal data: ids, digests, amounts, counters.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/refusal.hpp"

namespace mado::kiosk {

enum class JournalStep : std::uint8_t {
  accepting = 1,  // written before the acceptor is enabled
  paid = 2,       // written before the escrow is captured
  submitted = 3,  // written before the print job is sent
  printed = 4,    // the printer has counted every sheet
  settled = 5,    // it is known what became of it (or it is a refund case); a receipt can be made
};

struct JournalEntry {
  Id issuance;
  Bytes application_digest;  // [32]
  std::string city;          // 6 digits
  std::string kind;          // family of kind, for the 領収証 and statistics: "residence"
  JournalStep step = JournalStep::accepting;
  std::uint32_t fee = 0;     // yen
  std::uint32_t sheets = 0;  // expected impressions
  Instant begun;
  // The machines' life-time counters just before `accepting`: what a restart compares with.
  std::uint64_t acceptor_captured_before = 0;
  std::uint64_t acceptor_returned_before = 0;
  std::uint64_t printer_impressions_before = 0;
  bool printer_counts = false;
  // What became of it.
  std::uint32_t sheets_printed = 0;
  std::uint32_t money_taken = 0;
  std::uint32_t money_returned = 0;
  std::uint32_t money_in_case = 0;
  std::uint8_t ending = 0;  // contracts' Ending; 0 until settled
  std::string refusal;      // a reason's code if it ended in one
  Instant settled;
  Bytes receipt;  // the signed statement, made once; sent until both have it
  bool center_has_it = false;
  bool city_has_it = false;
  bool case_closed = true;  // false: a refund case is open and staff must look (掲示される)
};

// What staff have settled between the journal and a machine's own counter (精算・点検): test pages, a new printer, a
// coin box counted by hand. Added to what the journal expects; never taken back.
struct Adjustment {
  std::int64_t captured = 0;     // yen, ± relative to what the rows say
  std::int64_t impressions = 0;  // sheets, ±
  Instant at;
  std::string note;  // why, in the words of who did it; 1–200 bytes
};

class Journal {
 public:
  virtual ~Journal() = default;
  // Inserts or replaces the row of `entry.issuance`; durable (synced) when it returns. A step never goes back.
  // Refusal: journal_unwritable.
  virtual Outcome<void> record(const JournalEntry& entry) = 0;
  // Rows whose step is before `settled`: open after a crash.
  virtual Outcome<std::vector<JournalEntry>> unsettled() = 0;
  // Settled rows whose receipt has not been acknowledged by both, oldest first, at most `most`.
  virtual Outcome<std::vector<JournalEntry>> unreported(std::size_t most) = 0;
  // Notes who has acknowledged the receipt of a settled row, and changes nothing else of it. Refusal:
  // journal_unwritable.
  virtual Outcome<void> acknowledge(const Id& issuance, bool center_has_it, bool city_has_it) = 0;
  // Rows with an open refund case.
  virtual Outcome<std::vector<JournalEntry>> open_cases() = 0;
  // What the machines' counters must say now: the sum over all rows and adjustments.
  struct Totals {
    std::uint64_t money_taken = 0;
    std::uint64_t sheets_printed = 0;
  };
  virtual Outcome<Totals> totals() = 0;
  // Refusals: input_invalid (no note, or too long), journal_unwritable.
  virtual Outcome<void> adjust(const Adjustment& adjustment) = 0;
};

}  // namespace mado::kiosk
