#include "trust/openssl_cryptography.hpp"

#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <cassert>

#include "trust/ocsp.hpp"
#include "trust/openssl_handles.hpp"

namespace mado::trust {

namespace {
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, OpenSslFree<EVP_CIPHER_CTX_free>>;
constexpr std::size_t nonce_size = 12;
constexpr std::size_t tag_size = 16;
constexpr std::chrono::seconds ocsp_age_limit{60};

class OpenSslCryptography final : public Cryptography {
 public:
  Bytes random(std::size_t size) override {
    Bytes bytes(size);
    const int done = RAND_bytes(bytes.data(), static_cast<int>(size));
    assert(done == 1 && "without randomness nothing may go on");
    return bytes;
  }

  Bytes digest(ByteView bytes) override {
    Bytes result(32);
    EVP_Digest(bytes.data(), bytes.size(), result.data(), nullptr, EVP_sha256(), nullptr);
    return result;
  }

  Bytes authentication_code(ByteView key, ByteView bytes) override {
    Bytes result(32);
    unsigned size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes.data(), bytes.size(), result.data(), &size);
    return result;
  }

  std::unique_ptr<SigningKey> make_signing_key(Instant at) override {
    auto [key, certificate] = openssl_session_key(at, true);
    return std::make_unique<OpenSslSigningKey>(std::move(key), std::move(certificate));
  }
  std::unique_ptr<ReceivingKey> make_receiving_key(Instant at) override {
    auto [key, certificate] = openssl_session_key(at, false);
    return std::make_unique<OpenSslReceivingKey>(std::move(key), std::move(certificate));
  }

  Outcome<Bytes> sign(StatementType type, ByteView content, const SigningKey& key, Instant at) override {
    const auto& ours = dynamic_cast<const OpenSslSigningKey&>(key);
    return openssl_sign(type, content, ours.key(), ours.parsed(), at);
  }
  Outcome<Statement> read(ByteView statement, StatementType expected) override {
    return openssl_read(statement, expected);
  }

  Outcome<PreparedStatement> prepare(StatementType type, ByteView content, ByteView card_certificate,
                                     Instant at) override {
    return openssl_prepare(type, content, card_certificate, at);
  }
  Outcome<Bytes> complete(const PreparedStatement& prepared, ByteView signature) override {
    return openssl_complete(prepared, signature);
  }

  Outcome<Bytes> seal(ByteView content, ByteView recipient) override { return openssl_seal(content, recipient); }
  Outcome<Sensitive<Bytes>> open(ByteView envelope, const ReceivingKey& key) override {
    const auto& ours = dynamic_cast<const OpenSslReceivingKey&>(key);
    return openssl_open(envelope, ours.key(), ours.parsed());
  }

  Outcome<CertificateFacts> check_certificate(ByteView certificate, std::span<const Bytes> authorities,
                                              CertificateUse use, Instant at) override {
    return openssl_check_certificate(certificate, authorities, use, at);
  }
  Outcome<CertificateFacts> check_pinned(ByteView certificate, Instant at) override {
    return openssl_check_pinned(certificate, at);
  }

  Outcome<Bytes> ocsp_request(const CertificateFacts& card, ByteView nonce) override {
    return build_ocsp_request(card.authority, card.serial, nonce);
  }
  Outcome<void> check_ocsp(ByteView response, const CertificateFacts& card, ByteView nonce, Instant at) override {
    return trust::check_ocsp(response, OcspExpectation{card.authority, card.serial, Bytes(nonce.begin(), nonce.end())},
                             at, ocsp_age_limit);
  }

  Bytes wrap(ByteView key, ByteView content, ByteView associated) override {
    assert(key.size() == 32);
    auto wrapped = random(nonce_size);
    wrapped.resize(nonce_size + content.size() + tag_size);
    const CipherContext context{EVP_CIPHER_CTX_new()};
    int size = 0;
    EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.data(), wrapped.data());
    EVP_EncryptUpdate(context.get(), nullptr, &size, associated.data(), static_cast<int>(associated.size()));
    EVP_EncryptUpdate(context.get(), wrapped.data() + nonce_size, &size, content.data(),
                      static_cast<int>(content.size()));
    const int done = EVP_EncryptFinal_ex(context.get(), wrapped.data() + nonce_size + size, &size);
    assert(done == 1);
    EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, tag_size, wrapped.data() + nonce_size + content.size());
    return wrapped;
  }

  Outcome<Bytes> unwrap(ByteView key, ByteView wrapped, ByteView associated) override {
    assert(key.size() == 32);
    if (wrapped.size() < nonce_size + tag_size) return refuse(Reason::message_malformed, "a token is too short");
    Bytes content(wrapped.size() - nonce_size - tag_size);
    Bytes tag(wrapped.end() - tag_size, wrapped.end());
    const CipherContext context{EVP_CIPHER_CTX_new()};
    int size = 0;
    EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.data(), wrapped.data());
    EVP_DecryptUpdate(context.get(), nullptr, &size, associated.data(), static_cast<int>(associated.size()));
    EVP_DecryptUpdate(context.get(), content.data(), &size, wrapped.data() + nonce_size,
                      static_cast<int>(content.size()));
    EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, tag_size, tag.data());
    if (EVP_DecryptFinal_ex(context.get(), content.data() + size, &size) != 1) {
      ERR_clear_error();
      return refuse(Reason::message_malformed, "a token is not ours");
    }
    return content;
  }
};
}  // namespace

std::unique_ptr<Cryptography> make_openssl_cryptography() { return std::make_unique<OpenSslCryptography>(); }

}  // namespace mado::trust
