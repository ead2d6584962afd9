// The relay's program in its two configurations: the store operator's relay (ECセンター, S3), which dials the center,
// and the city's transfer server (転送サーバ, S6), which the issuer dials from inside. It forwards sealed bytes that it
// cannot open.
#pragma once

#include "operation/program.hpp"

namespace mado::relay {

// Settings: [line] what it serves (listen, authority, certificate, key, admit, limits); then either [upstream] target,
// peer, credentials, limits (the relay), or [inside] listen, credentials, admit, limits (the transfer server);
// [capture] file.
Outcome<std::unique_ptr<operation::Running>> start_relay(operation::Settings& settings,
                                                         operation::Surroundings surroundings);

}  // namespace mado::relay
