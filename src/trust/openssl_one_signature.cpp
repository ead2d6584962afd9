// (r, s) and (r, n - s) are both ECDSA signatures of the same thing (SEC 1 v2.0 §4.1.4). A statement's digest names it,
// so it must have one encoding: the one with the smaller s. RSA PKCS#1 v1.5 has one signature only.
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/objects.h>

#include "trust/openssl_handles.hpp"

namespace mado::trust {

namespace {
using Signature = std::unique_ptr<ECDSA_SIG, OpenSslFree<ECDSA_SIG_free>>;
using Group = std::unique_ptr<EC_GROUP, OpenSslFree<EC_GROUP_free>>;
using Number = std::unique_ptr<BIGNUM, OpenSslFree<BN_free>>;

Signature parse_signature(const ASN1_OCTET_STRING* octets) {
  const unsigned char* cursor = ASN1_STRING_get0_data(octets);
  return Signature{d2i_ECDSA_SIG(nullptr, &cursor, ASN1_STRING_length(octets))};
}

// n - s, if that is smaller; else nothing.
Number smaller_s(const ECDSA_SIG* signature) {
  static const Group p256{EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1)};
  const BIGNUM* s = ECDSA_SIG_get0_s(signature);
  Number other{BN_new()};
  if (!other || BN_sub(other.get(), EC_GROUP_get0_order(p256.get()), s) != 1 || BN_cmp(other.get(), s) >= 0) return {};
  return other;
}
}  // namespace

bool openssl_take_smaller_signature(CMS_SignerInfo* signer, EVP_PKEY* key) {
  if (!EVP_PKEY_is_a(key, "EC")) return true;
  ASN1_OCTET_STRING* octets = CMS_SignerInfo_get0_signature(signer);
  const auto signature = parse_signature(octets);
  if (!signature) return false;
  auto smaller = smaller_s(signature.get());
  if (!smaller) return true;
  if (ECDSA_SIG_set0(signature.get(), BN_dup(ECDSA_SIG_get0_r(signature.get())), smaller.release()) != 1) return false;
  const auto der = encoded<i2d_ECDSA_SIG>(signature.get());
  return !der.empty() && ASN1_OCTET_STRING_set(octets, der.data(), static_cast<int>(der.size())) == 1;
}

bool openssl_has_smaller_signature(CMS_SignerInfo* signer, EVP_PKEY* key) {
  if (!EVP_PKEY_is_a(key, "EC")) return true;
  const auto signature = parse_signature(CMS_SignerInfo_get0_signature(signer));
  return signature && !smaller_s(signature.get());
}

}  // namespace mado::trust
