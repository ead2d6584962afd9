// core/before_session.hpp with the kiosk's own parts and line: called in this order before each citizen. Any refusal
// here keeps the kiosk out of service (I10, chain rule 11).
#pragma once

#include "kiosk/core/before_session.hpp"
#include "kiosk/edge/card_lane.hpp"
#include "kiosk/edge/kiosk_parts.hpp"

namespace mado::kiosk {

// If the journal has open rows, which a crash or a full disk leaves behind: gives back what lies in escrow and settles
// each row by the machines' counters, with its receipt. No session may be under way. Refusals: journal_unwritable, or
// the acceptor's; nothing may be served before it has succeeded.
Outcome<void> settle_open_rows(KioskParts& parts, const std::string& kiosk);

// The newest roster: the center's if it has a newer one than `held`, which is then on disk before it is used. The
// center carries the roster and cannot make it. While the line is down `held` is good until it is too old. Refusals:
// roster_invalid, roster_stale, storage_failed.
Outcome<std::shared_ptr<const application::RosterBook>> renew_roster(
    KioskParts& parts, const std::shared_ptr<const application::RosterBook>& held);

// Tells the center, and through it the city, what became of a settled row, and notes who of `roster` has it now.
// Refusals: the line's, the center's, accept_report's.
Outcome<void> send_receipt(KioskParts& parts, const std::string& kiosk, const application::RosterBook& roster,
                           const JournalEntry& settled);

// The machines' counters, if printer, acceptor, reader and journal agree that the kiosk is idle. Refusals:
// check_idle's, or of the machine that does not answer.
Outcome<MachineCounters> count_machines(KioskParts& parts, CardLane& card);

}  // namespace mado::kiosk
