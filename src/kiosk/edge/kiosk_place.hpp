// The kiosk as a program: its driver with a reader, a printer, an acceptor, a journal, a screen and the line to the
// relay.
#pragma once

#include "operation/program.hpp"

namespace mado::kiosk {

// Settings: [kiosk] name, device_key, device_certificate; [roster] file, authorities; [relay] target, peer,
// credentials, limits; [screen] listen, pages, browser, profiles, address_file; [reader] kind = "direct" (address) or
// "pcsc" (name); [printer]; [acceptor] file; [journal] file; [times].
Outcome<std::unique_ptr<operation::Running>> start_kiosk(operation::Settings& settings,
                                                         operation::Surroundings surroundings);

// `madoguchi-kiosk cases --journal FILE`, `madoguchi-kiosk close-case --journal FILE --issuance HEX`.
operation::Command cases_command();
operation::Command close_case_command();

}  // namespace mado::kiosk
