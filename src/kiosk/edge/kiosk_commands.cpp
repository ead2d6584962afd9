#include <fmt/format.h>

#include "kiosk/edge/configuration.hpp"
#include "kiosk/edge/kiosk_place.hpp"
#include "kiosk/edge/simulated_acceptor.hpp"
#include "kiosk/edge/sqlite_journal.hpp"
#include "madoguchi/v1/statements.pb.h"
#include "operation/arguments.hpp"
#include "wire/message.hpp"

namespace mado::kiosk {

operation::Command cases_command() {
  return {"cases", "List open refund cases and lost property", [](const auto& words) {
            operation::Arguments arguments("madoguchi-kiosk cases", "Lists what staff must look at.");
            std::string file;
            arguments.required("--journal", file, "The journal's file");
            if (const auto code = arguments.parse(words)) return *code;
            const auto list = [&]() -> Outcome<void> {
              MADO_TRY(journal, open_journal(file));
              MADO_TRY(cases, journal->open_cases());
              for (const auto& entry : cases) {
                fmt::print("{} {} {} fee={} taken={} in_case={} sheets={}/{} {}\n", entry.issuance.hex(),
                           iso_text(entry.settled), v1::Ending_Name(static_cast<v1::Ending>(entry.ending)), entry.fee,
                           entry.money_taken, entry.money_in_case, entry.sheets_printed, entry.sheets, entry.refusal);
              }
              return {};
            };
            return operation::exit_code("madoguchi-kiosk", list());
          }};
}

namespace {
Outcome<void> reconcile(const std::string& file, const std::string& note) {
  MADO_TRY(settings, operation::Settings::load(file));
  operation::read_frame_settings(settings);
  MADO_TRY(configuration, read_configuration(settings));
  MADO_TRY(journal, open_journal(configuration.journal_file));
  MADO_TRY(printer, IppPrinter::make(configuration.printer));
  MADO_TRY(acceptor, SimulatedAcceptor::open(configuration.acceptor_file));
  MADO_TRY(status, printer->status());
  MADO_TRY(counters, acceptor->counters());
  MADO_TRY(totals, journal->totals());
  Adjustment adjustment{static_cast<std::int64_t>(counters.captured - totals.money_taken),
                        status.counts ? static_cast<std::int64_t>(status.impressions - totals.sheets_printed) : 0,
                        operation::now(), note};
  MADO_CHECK(journal->adjust(adjustment));
  fmt::print("adjusted by {:+} yen and {:+} sheets: the coin box has {} yen, the printer {} sheets\n",
             adjustment.captured, adjustment.impressions, counters.captured, status.impressions);
  return {};
}
}  // namespace

operation::Command reconcile_command() {
  return {"reconcile", "Accept what the machines' counters say now", [](const auto& words) {
            operation::Arguments arguments("madoguchi-kiosk reconcile",
                                           "Ends a difference between the journal and the counters of printer and coin "
                                           "box, after staff have looked.");
            std::string file;
            std::string note;
            arguments.required("--config", file, "The kiosk's settings file");
            arguments.required("--note", note, "Why, 1 to 200 bytes; kept in the journal");
            if (const auto code = arguments.parse(words)) return *code;
            return operation::exit_code("madoguchi-kiosk", reconcile(file, note));
          }};
}

operation::Command close_case_command() {
  return {"close-case", "Close a case that staff have dealt with", [](const auto& words) {
            operation::Arguments arguments("madoguchi-kiosk close-case", "Closes one case.");
            std::string file;
            std::string issuance;
            arguments.required("--journal", file, "The journal's file");
            arguments.required("--issuance", issuance, "The issuance, 32 hexadecimal digits");
            if (const auto code = arguments.parse(words)) return *code;
            const auto id = Id::from_hex_text(issuance);
            if (!id)
              return operation::exit_code("madoguchi-kiosk",
                                          refuse(Reason::input_invalid, "--issuance must be 32 hexadecimal digits"));
            return operation::exit_code("madoguchi-kiosk", close_case(file, *id));
          }};
}

}  // namespace mado::kiosk
