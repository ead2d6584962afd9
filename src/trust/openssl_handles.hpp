// Owners for OpenSSL's objects. Included only by this folder's .cpp files.
#pragma once

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <optional>

#include "base/bytes.hpp"
#include "base/refusal.hpp"
#include "trust/cryptography.hpp"
#include "trust/key.hpp"
#include "trust/x509.hpp"

namespace mado::trust {

template <auto Free>
struct OpenSslFree {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};
template <typename T, auto Free>
using Handle = std::unique_ptr<T, OpenSslFree<Free>>;
using Bio = std::unique_ptr<BIO, OpenSslFree<BIO_free_all>>;
using Cms = std::unique_ptr<CMS_ContentInfo, OpenSslFree<CMS_ContentInfo_free>>;
using PKey = std::unique_ptr<EVP_PKEY, OpenSslFree<EVP_PKEY_free>>;

// What OpenSSL says went wrong; empties its queue.
std::string openssl_error();

Bio bio_of(ByteView bytes);
Bytes bytes_of_bio(BIO* memory);

// What one of OpenSSL's i2d functions writes, as encoded<i2d_X509>(certificate); empty on failure.
template <auto Write, typename T>
Bytes encoded(T* object) {
  unsigned char* der = nullptr;
  const int size = Write(object, &der);
  Bytes bytes(der, der + (size > 0 ? size : 0));
  OPENSSL_free(der);
  return bytes;
}
// What one of OpenSSL's d2i functions reads, if nothing follows it, as decoded<Cms, d2i_CMS_ContentInfo>(der); else
// nothing, and OpenSSL's queue says why.
template <typename Owner, auto Read>
Owner decoded(ByteView der) {
  const unsigned char* at = der.data();
  Owner object{Read(nullptr, &at, static_cast<long>(der.size()))};
  if (object && at != der.data() + der.size()) object.reset();
  return object;
}

// The moment that a UTCTime or GeneralizedTime names; nothing if there is none or it names none.
std::optional<Instant> moment_of(const ASN1_TIME* time);

// A private key with its certificate, for one of the two uses.
template <typename Use>
class OpenSslKey final : public Use {
 public:
  OpenSslKey(PrivateKey key, X509Certificate certificate)
      : key_(std::move(key)), certificate_(std::move(certificate)) {}
  const Bytes& certificate() const override { return certificate_.der(); }
  EVP_PKEY* key() const { return key_.handle(); }
  X509* parsed() const { return certificate_.handle(); }

 private:
  PrivateKey key_;
  X509Certificate certificate_;
};
using OpenSslSigningKey = OpenSslKey<SigningKey>;
using OpenSslReceivingKey = OpenSslKey<ReceivingKey>;

// openssl_one_signature.cpp
// Of a key's two signatures of the same thing, puts the one that a statement may have. False if there is none.
bool openssl_take_smaller_signature(CMS_SignerInfo* signer, EVP_PKEY* key);
bool openssl_has_smaller_signature(CMS_SignerInfo* signer, EVP_PKEY* key);
// openssl_statement.cpp
Outcome<Bytes> openssl_sign(StatementType type, ByteView content, EVP_PKEY* key, X509* certificate, Instant at);
Outcome<Statement> openssl_read(ByteView statement, StatementType expected);
// openssl_card_statement.cpp
Outcome<PreparedStatement> openssl_prepare(StatementType type, ByteView content, ByteView card_certificate, Instant at);
Outcome<Bytes> openssl_complete(const PreparedStatement& prepared, ByteView signature);
// openssl_envelope.cpp
Outcome<Bytes> openssl_seal(ByteView content, ByteView recipient);
Outcome<Sensitive<Bytes>> openssl_open(ByteView envelope, EVP_PKEY* key, X509* certificate);
// openssl_certificate.cpp
std::pair<PrivateKey, X509Certificate> openssl_session_key(Instant at, bool signing);
Outcome<CertificateFacts> openssl_check_certificate(ByteView certificate, std::span<const Bytes> authorities,
                                                    CertificateUse use, Instant at);
Outcome<CertificateFacts> openssl_check_pinned(ByteView certificate, Instant at);

}  // namespace mado::trust
