// The commands that make a virtual card and put certificates on it, before it is served.
#pragma once

#include <string>
#include <vector>

namespace mado::card {

// make --state F --pin 1234 --signature-pin ABC123 [--rsa-bits 2048] [--public-out DIR]
int run_make(const std::vector<std::string>& words);

// install --state F --authentication-certificate C --authentication-authority CA [--signature-certificate C
// --signature-authority CA]. A certificate for another key than the slot's is refused.
int run_install(const std::vector<std::string>& words);

}  // namespace mado::card
