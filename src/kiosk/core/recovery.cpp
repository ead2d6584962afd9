#include "kiosk/core/recovery.hpp"

#include <algorithm>

#include "madoguchi/v1/statements.pb.h"
#include "wire/message.hpp"

namespace mado::kiosk {

namespace {
void open_case(JournalEntry& entry, std::uint32_t yen, v1::Ending ending) {
  entry.ending = static_cast<std::uint8_t>(ending);
  entry.money_in_case = yen;
  entry.case_closed = false;
}
}  // namespace

JournalEntry settle_after_restart(const JournalEntry& open, const MachineFacts& facts, Instant now) {
  JournalEntry entry = open;
  entry.step = JournalStep::settled;
  entry.settled = now;
  const auto captured = facts.acceptor.captured - std::min(facts.acceptor.captured, open.acceptor_captured_before);
  const auto returned = facts.acceptor.returned - std::min(facts.acceptor.returned, open.acceptor_returned_before);
  const auto impressions =
      facts.printer.impressions - std::min(facts.printer.impressions, open.printer_impressions_before);
  entry.money_taken = static_cast<std::uint32_t>(captured);
  entry.money_returned = static_cast<std::uint32_t>(returned);

  if (open.step <= JournalStep::paid && captured == 0) {
    entry.ending = static_cast<std::uint8_t>(v1::ENDING_RETURNED);
    entry.money_in_case = 0;
    entry.case_closed = true;
    entry.refusal = "out_of_service";
    return entry;
  }
  if (open.step >= JournalStep::submitted && open.printer_counts && facts.printer.counts) {
    entry.sheets_printed = static_cast<std::uint32_t>(std::min<std::uint64_t>(impressions, open.sheets));
  }
  entry.refusal = "print_unconfirmed";
  if (open.step == JournalStep::printed && captured == open.fee) {
    entry.sheets_printed = open.sheets;
    entry.refusal.clear();
    open_case(entry, 0, v1::ENDING_ABANDONED);
  } else {
    open_case(entry, static_cast<std::uint32_t>(captured), v1::ENDING_UNKNOWN);
  }
  return entry;
}

Outcome<void> check_idle(const IdleFacts& facts) {
  const auto& printer = facts.machines.printer;
  if (!printer.ready) return refuse(printer.reason, printer.cause);
  if (printer.queued_jobs != 0) return refuse(Reason::out_of_service, "a job lies in the printer");
  if (printer.counts && printer.impressions != facts.expected_impressions) {
    return refuse(Reason::out_of_service, "the printer counted " + std::to_string(printer.impressions) +
                                              " sheets, the journal " + std::to_string(facts.expected_impressions));
  }
  if (facts.machines.acceptor.escrow != 0) return refuse(Reason::out_of_service, "coins lie in escrow");
  if (facts.machines.acceptor.captured != facts.expected_captured) {
    return refuse(Reason::out_of_service, "the coin box counted " + std::to_string(facts.machines.acceptor.captured) +
                                              " yen, the journal " + std::to_string(facts.expected_captured));
  }
  if (facts.card_on_reader) return refuse(Reason::card_left_on_reader, "a card lies on the reader");
  return {};
}

}  // namespace mado::kiosk
