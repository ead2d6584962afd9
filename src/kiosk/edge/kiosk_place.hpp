// The kiosk as a program: its driver with a reader, a printer, an acceptor, a journal, a screen and the line to the
// relay.
#pragma once

#include "operation/program.hpp"

namespace mado::kiosk {

// Settings: kiosk/edge/configuration.hpp, docs/configuration.md.
Outcome<std::unique_ptr<operation::Running>> start_kiosk(operation::Settings& settings,
                                                         operation::Surroundings surroundings);

// `madoguchi-kiosk cases --journal FILE`, `madoguchi-kiosk close-case --journal FILE --issuance HEX`.
// `madoguchi-kiosk reconcile --config FILE --note WHY`: staff have looked at printer and coin box; from now on the
// journal expects what their counters say. Needed once for machines that have counted before, and after each
// difference.
operation::Command cases_command();
operation::Command close_case_command();
operation::Command reconcile_command();

}  // namespace mado::kiosk
