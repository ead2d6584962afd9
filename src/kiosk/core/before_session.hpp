// What a kiosk does before it lets a citizen begin: what a crash left open is settled and said, receipts are sent, the
// roster is renewed, and the machines are compared with the journal. Any refusal here keeps the kiosk out of service
// (I10, chain rule 11). Without a line of its own: what is asked of the center, and what its answer means.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "kiosk/core/acceptor.hpp"
#include "kiosk/core/journal.hpp"
#include "kiosk/core/printer.hpp"
#include "kiosk/core/session.hpp"

namespace mado::kiosk {

// The machines and the journal that speak for each other. Not owned.
struct Machines {
  Journal& journal;
  Acceptor& acceptor;
  Printer& printer;
};

// Who signs receipts. Not owned.
struct ReceiptSigner {
  trust::Cryptography& crypto;
  const trust::SigningKey& device_key;
  std::string kiosk;
};

struct SettledRow {
  JournalEntry open;     // as the crash left it
  JournalEntry settled;  // as the journal has it now
};

// If the journal has open rows, which a crash or a full disk leaves behind: gives back what lies in escrow and settles
// each row by the machines' counters, with its receipt. No session may be under way. Refusals: journal_unwritable, or
// the acceptor's; out_of_service while the printer may still print what was sent: it has a job, and the
// row was begun within 15 minutes. Nothing may be served before it has
// succeeded.
Outcome<std::vector<SettledRow>> settle_open_rows(Machines machines, const ReceiptSigner& signer, Instant now);

// The roster that the center carries and cannot make, if it is newer than `held`; else `held`. Refusals:
// message_malformed, roster_invalid, roster_stale.
Outcome<std::shared_ptr<const application::RosterBook>> newer_roster(
    trust::Cryptography& crypto, ByteView signed_roster, std::span<const Bytes> authorities,
    const std::shared_ptr<const application::RosterBook>& held, Instant now,
    std::uint64_t program_version = application::contract_version);

// What is sent to the center's method Report about a settled row.
struct Report {
  Id issuance;
  std::string city;
  Bytes receipt_digest;
  Bytes query;
};
// Refusal: the key's.
Outcome<Report> make_report(const ReceiptSigner& signer, const JournalEntry& settled, Instant now);
// Notes who has the receipt now: a center of the roster says so, and the city if it has it already. Refusals:
// message_malformed; certificate_not_ours if the answer is about another receipt (I12); signer_not_entitled if somebody
// else says so; journal_unwritable.
Outcome<void> accept_report(Journal& journal, const Report& report, ByteView answer, trust::Cryptography& crypto,
                            const application::RosterBook& roster, Instant now);

// The machines' counters, if printer, acceptor, reader and journal agree that the kiosk is idle. Refusals:
// check_idle's, or of the machine that does not answer.
Outcome<MachineCounters> count_machines(Machines machines, const Outcome<bool>& card_on_reader);

}  // namespace mado::kiosk
