// A statement that a card signs. The kiosk builds every byte (chain rule 2): OpenSSL assembles the CMS with a key whose
// private half is not here, which notes the DigestInfo that it is asked to sign and leaves room for the signature.
#include <openssl/rsa.h>

// The RSA_METHOD interface is the one way in OpenSSL 3.0 to sign with a key that another device holds without loading
// an engine or a provider; it is deprecated, not replaced.
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

#include <array>
#include <cstring>

#include "trust/openssl_handles.hpp"

namespace mado::trust {

namespace {
constexpr std::array<std::uint8_t, 19> sha256_digest_info{0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                                                          0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20};

int note_digest(int type, const unsigned char* digest, unsigned size, unsigned char* signature,
                unsigned* signature_size, const RSA* key) {
  if (type != NID_sha256 || size != 32) return 0;
  auto* noted = static_cast<Bytes*>(RSA_get_app_data(key));
  noted->assign(digest, digest + size);
  *signature_size = static_cast<unsigned>(RSA_size(key));
  std::memset(signature, 0, *signature_size);
  return 1;
}

const RSA_METHOD* absent_key_method() {
  static RSA_METHOD* const method = [] {
    RSA_METHOD* made = RSA_meth_dup(RSA_PKCS1_OpenSSL());
    RSA_meth_set1_name(made, "key on a card");
    RSA_meth_set_sign(made, note_digest);
    return made;
  }();
  return method;
}

// The certificate's public key, posing as a private one.
PKey key_on_card(X509* certificate, Bytes& noted) {
  const RSA* shown = EVP_PKEY_get0_RSA(X509_get0_pubkey(certificate));
  if (shown == nullptr) return nullptr;
  const BIGNUM* modulus = nullptr;
  const BIGNUM* exponent = nullptr;
  RSA_get0_key(shown, &modulus, &exponent, nullptr);
  RSA* rsa = RSA_new();
  RSA_set_method(rsa, absent_key_method());
  RSA_set0_key(rsa, BN_dup(modulus), BN_dup(exponent), nullptr);
  RSA_set_app_data(rsa, &noted);
  PKey key{EVP_PKEY_new()};
  EVP_PKEY_assign_RSA(key.get(), rsa);
  return key;
}
}  // namespace

Outcome<PreparedStatement> openssl_prepare(StatementType type, ByteView content, ByteView card_certificate,
                                           Instant at) {
  const auto certificate = X509Certificate::parse(card_certificate);
  Bytes digest;
  const auto key = certificate ? key_on_card(certificate->handle(), digest) : nullptr;
  if (!key) return refuse(Reason::card_not_supported, "the card's certificate has no RSA key");
  MADO_TRY(statement, openssl_sign(type, content, key.get(), certificate->handle(), at));
  if (digest.size() != 32) return refuse(Reason::internal, "the card's signature was not asked for");
  Bytes digest_info(sha256_digest_info.begin(), sha256_digest_info.end());
  digest_info.insert(digest_info.end(), digest.begin(), digest.end());
  return PreparedStatement{type, std::move(statement), std::move(digest_info)};
}

Outcome<Bytes> openssl_complete(const PreparedStatement& prepared, ByteView signature) {
  const auto cms = decoded<Cms, d2i_CMS_ContentInfo>(prepared.unsigned_statement);
  if (!cms) return refuse(Reason::internal, "a prepared statement does not parse");
  ASN1_OCTET_STRING* place = CMS_SignerInfo_get0_signature(sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms.get()), 0));
  if (ASN1_OCTET_STRING_set(place, signature.data(), static_cast<int>(signature.size())) != 1) {
    return refuse(Reason::internal, openssl_error());
  }
  auto statement = encoded<i2d_CMS_ContentInfo>(cms.get());
  if (statement.empty()) return refuse(Reason::internal, openssl_error());
  if (const auto read = openssl_read(statement, prepared.type); !read) {
    return refuse(Reason::card_answer_unreadable, "the card's signature does not hold: " + read.error().cause);
  }
  return statement;
}

}  // namespace mado::trust
