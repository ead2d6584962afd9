// Private keys (秘密鍵) that live in a file or in memory: P-256, and RSA-2048 as the card and JPKI have them.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "base/bytes.hpp"
#include "base/crash_point.hpp"
#include "base/refusal.hpp"

extern "C" {
struct evp_pkey_st;
}

namespace mado::trust {

enum class KeyKind { p256, rsa2048 };

// Copies share one key. Signing is thread-safe.
class PrivateKey {
 public:
  // A fresh key. Refusal: internal.
  static Outcome<PrivateKey> make(KeyKind kind);
  // A PEM file (PKCS#8, not encrypted) that only its owner may read. Refusal: configuration_invalid, naming the file;
  // also for any other kind of key.
  static Outcome<PrivateKey> load(const std::filesystem::path& file);
  // Writes PKCS#8 PEM with mode 0600. Refusal: storage_failed; also if the file exists.
  Outcome<void> save(CrashPoint point, const std::filesystem::path& file) const;

  KeyKind kind() const { return kind_; }
  // subjectPublicKeyInfo in DER.
  Bytes public_key() const;
  // Over SHA-256 of `message`: ECDSA in DER, or RSA PKCS#1 v1.5. Refusal: internal.
  Outcome<Bytes> sign(ByteView message) const;

  // For code that wraps OpenSSL; lives as long as any copy of this key.
  evp_pkey_st* handle() const { return key_.get(); }

 private:
  PrivateKey(std::shared_ptr<evp_pkey_st> key, KeyKind kind) : key_(std::move(key)), kind_(kind) {}
  static Outcome<PrivateKey> adopt(evp_pkey_st* key);
  std::shared_ptr<evp_pkey_st> key_;
  KeyKind kind_;
};

// Whether `signature` is over SHA-256 of `message` by the key of `public_key` (subjectPublicKeyInfo in DER).
bool verify_signature(ByteView public_key, ByteView message, ByteView signature);

// The kind of a subjectPublicKeyInfo in DER; nothing for any other kind of key and for what is no key.
std::optional<KeyKind> kind_of(ByteView public_key);

// A public key from a file in PEM ("PUBLIC KEY") or DER, as subjectPublicKeyInfo in DER. Refusal:
// configuration_invalid.
Outcome<Bytes> load_public_key(const std::filesystem::path& file);

}  // namespace mado::trust
