// The center as a program: its core between the store line, the JPKI line and LGWAN.
#pragma once

#include "operation/program.hpp"

namespace mado::center {

// Settings: [store] line server towards the relays (listen, authority, certificate, key, admit, limits); [jpki] target,
// peer, line credentials; [lgwan] credentials and [[city]] code, target, peer of each city's transfer server; [center]
// node, key, certificate, token_key, roster, roster_authorities, kiosks, history; [capture] file.
Outcome<std::unique_ptr<operation::Running>> start_center(operation::Settings& settings,
                                                          operation::Surroundings surroundings);

}  // namespace mado::center
