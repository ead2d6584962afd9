// The issuer as a program: its core between the transfer server's stream and the residents' register.
#pragma once

#include "operation/program.hpp"

namespace mado::issuer {

// Settings: [city] code, name; [keys] statement_key, statement_certificate, receiving_keys, receiving_certificates,
// handle_key; [roster] file, authorities, lowest_version; [transfer], [residents] and, where taxes are another
// system's, [taxation] target, peer, credentials, limits; [ledger] file; [tax] if it issues tax certificates; [clock]
// check; [refusal] delay_ms; [paper], [authority]. The city's rules are loaded into its ledger with `load-rules`;
// without any it does not start.
Outcome<std::unique_ptr<operation::Running>> start_issuer(operation::Settings& settings,
                                                          operation::Surroundings surroundings);

// `madoguchi-issuer new-epoch --ledger FILE`: after a restore; older challenges are refused from then on.
operation::Command new_epoch_command();

// `madoguchi-issuer cases --ledger FILE [--older-than SECONDS]`: issuances that were released and of which no kiosk has
// said what became of them; then what kiosks said of issuances that a restored ledger has lost.
operation::Command cases_command();

// `madoguchi-issuer load-rules FILE --by NAME --config CONFIG`: checks the whole of a rules file (docs/rules.md) and
// adds it to the city's ledger; running issuers take it from there.
operation::Command load_rules_command();

// `madoguchi-issuer list-rules --config CONFIG`: every edition that was loaded, from when, by whom.
operation::Command list_rules_command();

// `madoguchi-issuer tax-year YEAR --config FILE [--not-linked]`: issues from that year, and erases the older ones.
operation::Command tax_year_command();

}  // namespace mado::issuer
