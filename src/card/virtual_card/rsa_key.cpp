#include "card/virtual_card/rsa_key.hpp"

#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <string>

namespace mado::card {

namespace {
struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
  void operator()(PKCS8_PRIV_KEY_INFO* info) const { PKCS8_PRIV_KEY_INFO_free(info); }
  void operator()(X509* certificate) const { X509_free(certificate); }
};
template <typename T>
using Owned = std::unique_ptr<T, Free>;

constexpr std::size_t type_1_padding = 11;  // bytes, RFC 8017 §9.2
}  // namespace

struct RsaKey::Inside {
  Owned<EVP_PKEY> key;
};

RsaKey::RsaKey(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
RsaKey::RsaKey(RsaKey&&) noexcept = default;
RsaKey& RsaKey::operator=(RsaKey&&) noexcept = default;
RsaKey::~RsaKey() = default;

Outcome<RsaKey> RsaKey::generate(int bits) {
  if (bits < 2048 || bits > 4096) return refuse(Reason::input_invalid, "an RSA key has 2048 to 4096 bits");
  Owned<EVP_PKEY> key{EVP_RSA_gen(static_cast<unsigned>(bits))};
  if (!key) return refuse(Reason::internal, "no RSA key could be generated");
  return RsaKey{std::make_unique<Inside>(std::move(key))};
}

Outcome<RsaKey> RsaKey::from_private_der(ByteView pkcs8) {
  const auto* at = pkcs8.data();
  const Owned<PKCS8_PRIV_KEY_INFO> info{d2i_PKCS8_PRIV_KEY_INFO(nullptr, &at, static_cast<long>(pkcs8.size()))};
  if (!info || at != pkcs8.data() + pkcs8.size()) return refuse(Reason::input_invalid, "not a PKCS #8 private key");
  Owned<EVP_PKEY> key{EVP_PKCS82PKEY(info.get())};
  if (!key || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_RSA) return refuse(Reason::input_invalid, "not an RSA key");
  return RsaKey{std::make_unique<Inside>(std::move(key))};
}

Sensitive<Bytes> RsaKey::private_der() const {
  const Owned<PKCS8_PRIV_KEY_INFO> info{EVP_PKEY2PKCS8(inside_->key.get())};
  const int size = info ? i2d_PKCS8_PRIV_KEY_INFO(info.get(), nullptr) : 0;
  Bytes der(static_cast<std::size_t>(std::max(size, 0)));
  if (auto* at = der.data(); size > 0) i2d_PKCS8_PRIV_KEY_INFO(info.get(), &at);
  return Sensitive<Bytes>{std::move(der)};
}

Bytes RsaKey::public_der() const {
  Bytes der(static_cast<std::size_t>(std::max(i2d_PUBKEY(inside_->key.get(), nullptr), 0)));
  if (auto* at = der.data(); !der.empty()) i2d_PUBKEY(inside_->key.get(), &at);
  return der;
}

std::size_t RsaKey::largest_input() const {
  return static_cast<std::size_t>(EVP_PKEY_get_size(inside_->key.get())) - type_1_padding;
}

Outcome<Bytes> RsaKey::sign(ByteView input) const {
  if (input.size() > largest_input()) return refuse(Reason::input_invalid, "longer than the key can sign");
  const Owned<EVP_PKEY_CTX> context{EVP_PKEY_CTX_new(inside_->key.get(), nullptr)};
  Bytes signature(static_cast<std::size_t>(EVP_PKEY_get_size(inside_->key.get())));
  auto size = signature.size();
  // Without a digest set, OpenSSL pads the input as it is.
  if (!context || EVP_PKEY_sign_init(context.get()) != 1 ||
      EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) != 1 ||
      EVP_PKEY_sign(context.get(), signature.data(), &size, input.data(), input.size()) != 1) {
    return refuse(Reason::internal, "the RSA operation failed");
  }
  signature.resize(size);
  return signature;
}

Bytes sha256(ByteView data) {
  Bytes digest(32);
  EVP_Digest(data.data(), data.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
  return digest;
}

Outcome<Bytes> public_key_of_certificate(ByteView certificate) {
  const auto* at = certificate.data();
  const Owned<X509> parsed{d2i_X509(nullptr, &at, static_cast<long>(certificate.size()))};
  if (!parsed || at != certificate.data() + certificate.size()) {
    return refuse(Reason::input_invalid, "not exactly one DER certificate");
  }
  auto* key = X509_get_X509_PUBKEY(parsed.get());
  Bytes der(static_cast<std::size_t>(std::max(i2d_X509_PUBKEY(key, nullptr), 0)));
  if (auto* into = der.data(); !der.empty()) i2d_X509_PUBKEY(key, &into);
  return der;
}

}  // namespace mado::card
