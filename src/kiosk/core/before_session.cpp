#include "kiosk/core/before_session.hpp"

#include <algorithm>

#include "base/crash_point.hpp"
#include "kiosk/core/receipt.hpp"
#include "kiosk/core/recovery.hpp"

namespace mado::kiosk {

namespace {
// Longer than a session may take from its first line until it gives the printer up. After that nobody waits for a job
// that is stuck: it becomes a case.
constexpr std::chrono::minutes longest_with_printer{15};
}  // namespace

Outcome<std::vector<SettledRow>> settle_open_rows(Machines machines, const ReceiptSigner& signer, Instant now) {
  const auto may_still_print = [now](const JournalEntry& row) {
    return row.step == JournalStep::submitted && row.begun <= now && now < row.begun + longest_with_printer;
  };
  std::vector<SettledRow> rows;
  MADO_TRY(unsettled, machines.journal.unsettled());
  if (unsettled.empty()) return rows;
  MADO_CHECK(between("give_back_at_start"_point, [&] { return machines.acceptor.give_back(); }));
  MachineFacts facts;
  MADO_TRY(counters, machines.acceptor.counters());
  facts.acceptor = counters;
  // A printer that does not answer has counted nothing that we know of: what was sent to it becomes a case. One that
  // still has the job is waited for: its count is not the last.
  if (const auto status = machines.printer.status()) facts.printer = *status;
  if (facts.printer.queued_jobs != 0 && std::ranges::any_of(unsettled, may_still_print))
    return refuse(Reason::out_of_service, "a job lies in the printer");
  for (const auto& open : unsettled) {
    auto settled = settle_after_restart(open, facts, now);
    MADO_TRY(receipt, sign_receipt(signer.crypto, signer.device_key, receipt_of(settled, signer.kiosk), now));
    settled.receipt = std::move(receipt);
    MADO_CHECK(machines.journal.record(settled));
    rows.push_back({open, std::move(settled)});
  }
  return rows;
}

Outcome<std::shared_ptr<const application::RosterBook>> newer_roster(
    trust::Cryptography& crypto, ByteView signed_roster, std::span<const Bytes> authorities,
    const std::shared_ptr<const application::RosterBook>& held, Instant now, std::uint64_t program_version) {
  MADO_TRY(roster,
           application::RosterBook::read(crypto, signed_roster, authorities, held->version(), now, program_version));
  if (roster.version() == held->version()) return held;
  return std::make_shared<const application::RosterBook>(std::move(roster));
}

Outcome<Report> make_report(const ReceiptSigner& signer, const JournalEntry& settled, Instant now) {
  auto receipt = settled.receipt;
  if (receipt.empty()) {  // the key did not sign when the row was settled
    MADO_TRY(said, sign_receipt(signer.crypto, signer.device_key, receipt_of(settled, signer.kiosk), now));
    receipt = std::move(said);
  }
  v1::ReportQuery query;
  query.set_receipt(string_of(receipt));
  return Report{settled.issuance, settled.city, signer.crypto.digest(receipt), wire::serialise(query)};
}

Outcome<void> accept_report(Journal& journal, const Report& report, ByteView answer, trust::Cryptography& crypto,
                            const application::RosterBook& roster, Instant now) {
  MADO_TRY(parsed, wire::parse<v1::ReportAnswer>(answer, "report answer"));
  MADO_TRY(center, application::acknowledgement_signer(crypto, view_of(parsed.by_center()), report.receipt_digest));
  MADO_CHECK(application::check_center_signer(crypto, roster, center, now));
  const bool city_has_it = !parsed.by_city().empty();
  if (city_has_it) {
    MADO_TRY(city, application::acknowledgement_signer(crypto, view_of(parsed.by_city()), report.receipt_digest));
    MADO_CHECK(
        application::check_city_signer(crypto, roster, report.city, trust::StatementType::acknowledgement, city, now));
  }
  return journal.acknowledge(report.issuance, true, city_has_it);
}

Outcome<MachineCounters> count_machines(Machines machines, const Outcome<bool>& card_on_reader) {
  IdleFacts facts;
  MADO_TRY(status, machines.printer.status());
  MADO_TRY(acceptor, machines.acceptor.counters());
  MADO_TRY(totals, machines.journal.totals());
  facts.machines = {acceptor, status};
  facts.expected_captured = totals.money_taken;
  facts.expected_impressions = totals.sheets_printed;
  if (!card_on_reader) return refuse(Reason::out_of_service, "the card reader: " + card_on_reader.error().cause);
  facts.card_on_reader = *card_on_reader;
  MADO_CHECK(check_idle(facts));
  return MachineCounters{acceptor.captured, acceptor.returned, status.impressions, status.counts};
}

}  // namespace mado::kiosk
