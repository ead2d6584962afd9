// Authorities (認証局) of an installation other than JPKI's, and the members whom they vouch for.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "trust/x509.hpp"

namespace mado::ceremony {

struct KeyPair {
  trust::PrivateKey key;
  trust::X509Certificate certificate;
};

// Where a member's two files are: DIRECTORY/STEM.pem (mode 0644) and DIRECTORY/STEM.key (mode 0600).
struct Place {
  std::filesystem::path directory;
  std::string stem;
  std::filesystem::path certificate() const { return directory / (stem + ".pem"); }
  std::filesystem::path key() const { return directory / (stem + ".key"); }
};

// What a member's certificate says of it.
struct Membership {
  trust::Name subject;
  trust::KeyUsage usage;
  std::vector<std::string> dns_names;  // with names, extendedKeyUsage is clientAuth and serverAuth
};

// The pair at `place`; made there, self-signed and good for ten years, if there is none yet. Refusals: storage_failed;
// configuration_invalid if the certificate is there without its key, or they do not belong together. A key alone, which
// an interrupted run leaves, gets its certificate.
Outcome<KeyPair> authority_at(const Place& place, const trust::Name& subject, Instant now);
// The same for a member, issued by `authority` and good for two years.
Outcome<KeyPair> member_at(const Place& place, const Membership& membership, const KeyPair& authority, Instant now);
// A signer that is pinned by its certificate and vouches for itself, good for five years.
Outcome<KeyPair> pinned_at(const Place& place, const trust::Name& subject, trust::KeyUsage usage, Instant now);

}  // namespace mado::ceremony
