// The port `Cryptography` over OpenSSL 3.0, and keys from PEM files.
#pragma once

#include <filesystem>
#include <memory>

#include "trust/cryptography.hpp"

namespace mado::trust {

// Thread-safe; one for a process.
std::unique_ptr<Cryptography> make_openssl_cryptography();

// A private key and its certificate, both PEM. Refusal: configuration_invalid naming the file.
Outcome<std::unique_ptr<SigningKey>> load_signing_key(const std::filesystem::path& key,
                                                      const std::filesystem::path& certificate);
Outcome<std::unique_ptr<ReceivingKey>> load_receiving_key(const std::filesystem::path& key,
                                                          const std::filesystem::path& certificate);
// A certificate in PEM, as DER.
Outcome<Bytes> load_certificate(const std::filesystem::path& file);

}  // namespace mado::trust
