#include "trust/key.hpp"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include "base/sensitive.hpp"
#include "trust/file.hpp"
#include "trust/openssl_handles.hpp"

namespace mado::trust {

namespace {
using Digesting = Handle<EVP_MD_CTX, EVP_MD_CTX_free>;

constexpr std::size_t largest_key_file = 16 * 1024;

// A key file that wants a password is refused instead of asking the terminal for it.
int no_password(char*, int, int, void*) { return -1; }

std::unexpected<Refusal> failed(std::string_view what) {
  ERR_clear_error();
  return refuse(Reason::internal, fmt::format("OpenSSL could not {}", what));
}

std::optional<KeyKind> kind_of_key(EVP_PKEY* key) {
  if (key == nullptr) return std::nullopt;
  if (EVP_PKEY_is_a(key, "RSA") == 1 && EVP_PKEY_get_bits(key) == 2048) return KeyKind::rsa2048;
  char group[32] = {};
  const bool named = EVP_PKEY_is_a(key, "EC") == 1 && EVP_PKEY_get_group_name(key, group, sizeof group, nullptr) == 1;
  if (named && std::string_view(group) == "prime256v1") return KeyKind::p256;
  return std::nullopt;
}

PKey decode(ByteView public_key) {
  auto key = decoded<PKey, d2i_PUBKEY>(public_key);
  ERR_clear_error();
  return key;
}

}  // namespace

Outcome<PrivateKey> PrivateKey::adopt(EVP_PKEY* key) {
  std::shared_ptr<EVP_PKEY> owned(key, EVP_PKEY_free);
  const auto kind = kind_of_key(key);
  if (!kind) return refuse(Reason::configuration_invalid, "the key is neither P-256 nor RSA-2048");
  return PrivateKey{std::move(owned), *kind};
}

Outcome<PrivateKey> PrivateKey::make(KeyKind kind) {
  EVP_PKEY* key = kind == KeyKind::p256 ? EVP_EC_gen("P-256") : EVP_RSA_gen(2048);
  if (key == nullptr) return failed("make a key");
  return adopt(key);
}

Outcome<PrivateKey> PrivateKey::load(const std::filesystem::path& file) {
  MADO_CHECK(check_private(file));
  MADO_TRY(read, read_file(file, largest_key_file));
  const Sensitive<Bytes> text{std::move(read)};
  const auto bio = bio_of(text.reveal());
  EVP_PKEY* key = PEM_read_bio_PrivateKey(bio.get(), nullptr, no_password, nullptr);
  ERR_clear_error();
  if (key == nullptr)
    return refuse(Reason::configuration_invalid, fmt::format("{}: holds no private key", file.string()));
  auto adopted = adopt(key);
  if (!adopted)
    return refuse(Reason::configuration_invalid, fmt::format("{}: {}", file.string(), adopted.error().cause));
  return adopted;
}

Outcome<void> PrivateKey::save(CrashPoint point, const std::filesystem::path& file) const {
  const Bio bio{BIO_new(BIO_s_secmem())};
  if (PEM_write_bio_PKCS8PrivateKey(bio.get(), handle(), nullptr, nullptr, 0, nullptr, nullptr) != 1) {
    return failed("write a key");
  }
  char* text = nullptr;
  const auto size = BIO_get_mem_data(bio.get(), &text);
  return write_new_file(point, file, view_of({text, static_cast<std::size_t>(size)}), Secrecy::secret);
}

Bytes PrivateKey::public_key() const { return encoded<i2d_PUBKEY>(handle()); }

Outcome<Bytes> PrivateKey::sign(ByteView message) const {
  const Digesting context{EVP_MD_CTX_new()};
  Bytes signature(static_cast<std::size_t>(EVP_PKEY_get_size(handle())));
  std::size_t size = signature.size();
  if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, handle()) != 1 ||
      EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) != 1) {
    return failed("sign");
  }
  signature.resize(size);
  return signature;
}

bool verify_signature(ByteView public_key, ByteView message, ByteView signature) {
  const auto key = decode(public_key);
  const Digesting context{EVP_MD_CTX_new()};
  const bool good =
      key && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
      EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
  ERR_clear_error();
  return good;
}

std::optional<KeyKind> kind_of(ByteView public_key) { return kind_of_key(decode(public_key).get()); }

Outcome<Bytes> load_public_key(const std::filesystem::path& file) {
  MADO_TRY(bytes, read_file(file, largest_key_file));
  if (decode(bytes)) return bytes;
  const auto bio = bio_of(bytes);
  const PKey key{PEM_read_bio_PUBKEY(bio.get(), nullptr, no_password, nullptr)};
  ERR_clear_error();
  if (!key) return refuse(Reason::configuration_invalid, fmt::format("{}: holds no public key", file.string()));
  return encoded<i2d_PUBKEY>(key.get());
}

}  // namespace mado::trust
