// X.509 certificates (電子証明書): what one says, and issuing one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/instant.hpp"
#include "base/refusal.hpp"
#include "trust/digest.hpp"
#include "trust/extensions.hpp"
#include "trust/key.hpp"

extern "C" {
struct x509_st;
}

namespace mado::trust {

struct X509Facts {
  Name subject;
  Name issuer;
  Bytes serial;              // big-endian magnitude without leading zero, 1–20 bytes
  Bytes public_key;          // subjectPublicKeyInfo in DER
  Sha256 public_key_digest;  // of `public_key`
  Sha1 key_id;             // SHA-1 of the public key's BIT STRING content: names the key as an OCSP issuerKeyHash does
  Bytes subject_key_id;    // as written into the certificate; empty if absent
  Bytes authority_key_id;  // likewise
  Instant not_before;
  Instant not_after;
  bool authority = false;                        // basicConstraints cA
  std::uint8_t key_usage = 0;                    // bits of KeyUsage; 0 if the extension is absent
  std::vector<std::string> extended_key_usages;  // dotted
  std::vector<std::string> policies;             // dotted
  std::vector<std::string> dns_names;            // of the subjectAltName, in order

  // The first field of this type in the subject; empty if there is none.
  std::string_view subject_field(std::string_view type) const;
};

// A parsed certificate. Copies share it; all reading is thread-safe.
class X509Certificate {
 public:
  static constexpr std::size_t largest = 8 * 1024;  // bytes of DER

  // Exactly one certificate in DER. Refusal: input_invalid; also for negative or over-long serials.
  static Outcome<X509Certificate> parse(ByteView der);
  // The first certificate of a PEM file. Refusal: configuration_invalid, naming the file.
  static Outcome<X509Certificate> load(const std::filesystem::path& file);
  // A file that holds PEM or DER. Refusal: configuration_invalid, naming the file.
  static Outcome<X509Certificate> load_either(const std::filesystem::path& file);
  // PEM, mode 0644. Refusal: storage_failed; also if the file exists.
  Outcome<void> save(CrashPoint point, const std::filesystem::path& file) const;

  const Bytes& der() const { return inside_->der; }
  const X509Facts& facts() const { return inside_->facts; }
  std::string pem() const;

  // For code that wraps OpenSSL; lives as long as any copy of this certificate.
  x509_st* handle() const { return inside_->handle.get(); }

 private:
  struct Inside {
    Bytes der;
    X509Facts facts;
    std::shared_ptr<x509_st> handle;
  };
  explicit X509Certificate(std::shared_ptr<const Inside> inside) : inside_(std::move(inside)) {}
  static Outcome<X509Certificate> parse_pem(ByteView text);
  std::shared_ptr<const Inside> inside_;
};

// What goes into a new certificate (v3). Extensions are written in the order given.
struct Issuing {
  Name subject;
  Name issuer;
  Bytes public_key;  // subjectPublicKeyInfo in DER
  Bytes serial;      // magnitude, 1–20 bytes, not zero
  Instant not_before;
  Instant not_after;
  std::vector<Extension> extensions;
};

// Signs it with SHA-256. Refusal: input_invalid (a malformed key or serial, an end before the beginning), internal.
Outcome<X509Certificate> issue(const Issuing& issuing, const PrivateKey& issuer_key);

// SHA-1 of the BIT STRING content of a subjectPublicKeyInfo. Refusal: input_invalid.
Outcome<Sha1> key_id_of(ByteView public_key);

// 16 random bytes, the first between 0x40 and 0x7f: no leading zero and no sign octet.
Bytes random_serial();

}  // namespace mado::trust
