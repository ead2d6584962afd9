// The issuer as a program: its core between the transfer server's stream and the residents' register.
#pragma once

#include "operation/program.hpp"

namespace mado::issuer {

// Settings: [city] code, name; [keys] statement_key, statement_certificate, receiving_keys, receiving_certificates,
// handle_key; [roster] file, authorities, lowest_version; [transfer] and [residents] target, peer, credentials, limits;
// [ledger] file; [clock] check; [refusal] delay_ms; [paper], [authority], [rules].
Outcome<std::unique_ptr<operation::Running>> start_issuer(operation::Settings& settings,
                                                          operation::Surroundings surroundings);

// `madoguchi-issuer new-epoch --ledger FILE`: after a restore; older challenges are refused from then on.
operation::Command new_epoch_command();

// `madoguchi-issuer cases --ledger FILE [--older-than SECONDS]`: issuances that were released and of which no kiosk has
// said what became of them; then what kiosks said of issuances that a restored ledger has lost.
operation::Command cases_command();

}  // namespace mado::issuer
