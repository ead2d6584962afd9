// After a restart (再起動後の照合): what the journal left open is compared with the machines' own counters, and said;
// nothing is guessed. And the check before each session that the kiosk is really idle (I10). Pure. chain.md rule 11.
#pragma once

#include <string>
#include <vector>

#include "kiosk/core/acceptor.hpp"
#include "kiosk/core/journal.hpp"
#include "kiosk/core/printer.hpp"

namespace mado::kiosk {

// What the machines say now, after the escrow has been given back.
struct MachineFacts {
  AcceptorCounters acceptor;
  PrinterStatus printer;
};

// Settles one row that a crash left open. The result has step `settled`, an ending, and an open case unless it is
// certain that nothing was taken and nothing printed:
//   accepting, or paid without capture    returned: the escrow was given back, nothing was printed
//   paid and captured, not submitted      the fee goes to a refund case; nothing was printed
//   submitted                             what the printer counted is noted; the fee goes to a refund case
//   printed                               printed whole; whether it was taken is not known: abandoned
// A counter that fits neither is a case over all that moved.
JournalEntry settle_after_restart(const JournalEntry& open, const MachineFacts& facts, Instant now);

// Before a session: printer ready, its queue empty and its counter as the journal says, escrow empty, reader empty.
// Refusals: out_of_service with the cause, or the printer's own reason.
struct IdleFacts {
  MachineFacts machines;
  bool card_on_reader = false;
  std::uint64_t expected_captured = 0;
  std::uint64_t expected_impressions = 0;
};
Outcome<void> check_idle(const IdleFacts& facts);

}  // namespace mado::kiosk
