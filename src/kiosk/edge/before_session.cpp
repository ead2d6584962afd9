#include "kiosk/edge/before_session.hpp"

#include "kiosk/core/receipt.hpp"
#include "operation/log.hpp"
#include "operation/program.hpp"
#include "trust/file.hpp"

namespace mado::kiosk {

namespace {
constexpr std::chrono::seconds roster_deadline{5};

void say_settled(const JournalEntry& open, const JournalEntry& settled) {
  operation::log_warning("open row settled", {{"issuance", settled.issuance.hex()},
                                              {"step", std::to_string(static_cast<int>(open.step))},
                                              {"ending", v1::Ending_Name(static_cast<v1::Ending>(settled.ending))},
                                              {"case", settled.case_closed ? "none" : "open"},
                                              {"yen", std::to_string(settled.money_in_case)}});
}
}  // namespace

Outcome<void> settle_open_rows(KioskParts& parts, const std::string& kiosk) {
  MADO_TRY(unsettled, parts.journal->unsettled());
  if (unsettled.empty()) return {};
  MADO_CHECK(parts.acceptor->give_back());
  MachineFacts facts;
  MADO_TRY(counters, parts.acceptor->counters());
  facts.acceptor = counters;
  // A printer that does not answer has counted nothing that we know of: what was sent to it becomes a case.
  if (const auto status = parts.printer->status()) facts.printer = *status;
  for (const auto& open : unsettled) {
    const auto now = operation::now();
    auto settled = settle_after_restart(open, facts, now);
    MADO_TRY(receipt, sign_receipt(*parts.crypto, *parts.device_key, receipt_of(settled, kiosk), now));
    settled.receipt = std::move(receipt);
    MADO_CHECK(parts.journal->record(settled));
    say_settled(open, settled);
  }
  return {};
}

Outcome<std::shared_ptr<const application::RosterBook>> renew_roster(
    KioskParts& parts, const std::shared_ptr<const application::RosterBook>& held) {
  const auto called = parts.center->call("/madoguchi.v1.Center/GetRoster", wire::serialise(v1::RosterQuery{}),
                                         {.deadline = roster_deadline});
  if (!called) {  // the line is down: the citizen will be told when it is needed
    MADO_CHECK(held->check_age(operation::now()));
    return held;
  }
  MADO_TRY(answer, wire::parse<v1::RosterAnswer>(*called, "roster answer"));
  const auto carried = view_of(answer.signed_roster());
  MADO_TRY(roster, application::RosterBook::read(*parts.crypto, carried, parts.roster_authorities, held->version(),
                                                 operation::now()));
  // On disk first: a version once seen must not be forgotten, or an older roster would be believed after a restart.
  if (roster.version() > held->version())
    MADO_CHECK(trust::replace_file(parts.roster_file, carried, trust::Secrecy::open));
  return std::make_shared<const application::RosterBook>(std::move(roster));
}

Outcome<void> send_receipt(KioskParts& parts, const std::string& kiosk, const JournalEntry& settled) {
  auto receipt = settled.receipt;
  if (receipt.empty()) {  // the key did not sign when the row was settled
    MADO_TRY(said, sign_receipt(*parts.crypto, *parts.device_key, receipt_of(settled, kiosk), operation::now()));
    receipt = std::move(said);
  }
  v1::ReportQuery query;
  query.set_receipt(string_of(receipt));
  MADO_TRY(called, parts.center->call("/madoguchi.v1.Center/Report", wire::serialise(query)));
  MADO_TRY(answer, wire::parse<v1::ReportAnswer>(called, "report answer"));
  return parts.journal->acknowledge(settled.issuance, answer.center_has_it(), answer.city_has_it());
}

Outcome<MachineCounters> count_machines(KioskParts& parts, CardLane& card) {
  IdleFacts facts;
  MADO_TRY(status, parts.printer->status());
  MADO_TRY(acceptor, parts.acceptor->counters());
  MADO_TRY(totals, parts.journal->totals());
  facts.machines = {acceptor, status};
  facts.expected_captured = totals.money_taken;
  facts.expected_impressions = totals.sheets_printed;
  const auto present = card.card_present();
  if (!present) return refuse(Reason::out_of_service, "the card reader: " + present.error().cause);
  facts.card_on_reader = *present;
  MADO_CHECK(check_idle(facts));
  return MachineCounters{acceptor.captured, acceptor.returned, status.impressions, status.counts};
}

}  // namespace mado::kiosk
