// Digests and random bytes, from OpenSSL's default provider.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "base/bytes.hpp"

namespace mado::trust {

using Sha256 = std::array<std::uint8_t, 32>;
using Sha1 = std::array<std::uint8_t, 20>;

Sha256 sha256(ByteView bytes);
// Only for what a standard names by SHA-1: key identifiers (RFC 5280 4.2.1.2) and OCSP's CertID. Never for security.
Sha1 sha1(ByteView bytes);

// Fills `into` from the random generator. Ends the process if there is no randomness: nothing safe can follow.
void fill_random(std::span<std::uint8_t> into);
Bytes random_bytes(std::size_t count);

}  // namespace mado::trust
