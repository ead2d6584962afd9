#include "trust/digest.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <cstdlib>

namespace mado::trust {

namespace {
// Fetched once: a fetch by name costs more than the digest of a short text.
template <typename Digest>
Digest digest_with(const EVP_MD* algorithm, ByteView bytes) {
  Digest digest;
  if (algorithm == nullptr || EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, algorithm, nullptr) != 1) {
    std::abort();
  }
  return digest;
}
}  // namespace

Sha256 sha256(ByteView bytes) {
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return digest_with<Sha256>(algorithm, bytes);
}

Sha1 sha1(ByteView bytes) {
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA1", nullptr);
  return digest_with<Sha1>(algorithm, bytes);
}

void fill_random(std::span<std::uint8_t> into) {
  if (RAND_bytes(into.data(), static_cast<int>(into.size())) != 1) std::abort();
}

Bytes random_bytes(std::size_t count) {
  Bytes bytes(count);
  fill_random(bytes);
  return bytes;
}

}  // namespace mado::trust
