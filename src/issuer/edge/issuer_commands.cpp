#include <fmt/format.h>

#include "issuer/edge/issuer_place.hpp"
#include "ledger/issuance_ledger.hpp"
#include "operation/arguments.hpp"
#include "trust/openssl_cryptography.hpp"

namespace mado::issuer {

operation::Command new_epoch_command() {
  return {"new-epoch", "After the ledger was restored from a backup: refuse every older challenge",
          [](const auto& words) {
            operation::Arguments arguments("madoguchi-issuer new-epoch", "Draws the ledger's next epoch.");
            std::string file;
            arguments.required("--ledger", file, "The ledger's file");
            if (const auto code = arguments.parse(words)) return *code;
            return operation::exit_code("madoguchi-issuer",
                                        ledger::renew_epoch(file, trust::make_openssl_cryptography()->random_id()));
          }};
}

namespace {
Outcome<void> list_cases(const std::string& file, std::int64_t older_than) {
  MADO_TRY(opened, ledger::open_issuance_ledger(file, trust::make_openssl_cryptography()->random_id()));
  MADO_TRY(cases, opened->open_cases(operation::now() + std::chrono::milliseconds{1 - older_than * 1000}));
  for (const auto& open : cases)
    fmt::print("{} {} {} {}\n", open.issuance.hex(), iso_text(open.begun), open.kiosk, open.family);
  MADO_TRY(lost, opened->lost_issuances());
  for (const auto& known : lost)
    fmt::print("{} {} {} lost {}\n", known.issuance.hex(), iso_text(known.settled), known.kiosk, known.outcome);
  return {};
}
}  // namespace

operation::Command cases_command() {
  return {"cases", "List issuances that were released and not settled, or lost with a restore", [](const auto& words) {
            operation::Arguments arguments(
                "madoguchi-issuer cases",
                "Lists open cases, oldest first; then what kiosks said of issuances that a restored ledger has lost.");
            std::string file;
            std::int64_t older_than = 0;
            arguments.required("--ledger", file, "The ledger's file");
            arguments.optional("--older-than", older_than, 0, 86'400, "Seconds since the release");
            if (const auto code = arguments.parse(words)) return *code;
            return operation::exit_code("madoguchi-issuer", list_cases(file, older_than));
          }};
}

}  // namespace mado::issuer
