#include <fmt/format.h>

#include "kiosk/edge/kiosk_place.hpp"
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
