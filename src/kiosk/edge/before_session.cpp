#include "kiosk/edge/before_session.hpp"

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

Machines machines_of(KioskParts& parts) { return {*parts.journal, *parts.acceptor, *parts.printer}; }
ReceiptSigner signer_of(KioskParts& parts, const std::string& kiosk) {
  return {*parts.crypto, *parts.device_key, kiosk};
}
}  // namespace

Outcome<void> settle_open_rows(KioskParts& parts, const std::string& kiosk) {
  MADO_TRY(rows, settle_open_rows(machines_of(parts), signer_of(parts, kiosk), operation::now()));
  for (const auto& row : rows) say_settled(row.open, row.settled);
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
  MADO_TRY(roster, newer_roster(*parts.crypto, carried, parts.roster_authorities, held, operation::now()));
  // On disk first: a version once seen must not be forgotten, or an older roster would be believed after a restart.
  if (roster != held)
    MADO_CHECK(trust::replace_file("roster_kept"_point, parts.roster_file, carried, trust::Secrecy::open));
  return roster;
}

Outcome<void> send_receipt(KioskParts& parts, const std::string& kiosk, const application::RosterBook& roster,
                           const JournalEntry& settled) {
  MADO_TRY(report, make_report(signer_of(parts, kiosk), settled, operation::now()));
  MADO_TRY(answer, parts.center->call("/madoguchi.v1.Center/Report", report.query));
  return accept_report(*parts.journal, report, answer, *parts.crypto, roster, operation::now());
}

Outcome<MachineCounters> count_machines(KioskParts& parts, CardLane& card) {
  return count_machines(machines_of(parts), card.card_present());
}

}  // namespace mado::kiosk
