#include <openssl/ess.h>
#include <openssl/objects.h>

#include <algorithm>
#include <array>

#include "trust/openssl_handles.hpp"
#include "trust/shape.hpp"

namespace mado::trust {

namespace {
using Object = std::unique_ptr<ASN1_OBJECT, OpenSslFree<ASN1_OBJECT_free>>;
using Time = std::unique_ptr<ASN1_TIME, OpenSslFree<ASN1_TIME_free>>;

Object object_of(StatementType type) { return Object{OBJ_txt2obj(object_identifier(type).data(), 1)}; }

// RSA of at least 2048 bits, or P-256: nothing else signs a statement.
bool strong_enough(X509* certificate) {
  EVP_PKEY* key = X509_get0_pubkey(certificate);
  if (key == nullptr) return false;
  if (EVP_PKEY_is_a(key, "RSA")) return EVP_PKEY_get_bits(key) >= 2048;
  std::array<char, 32> group{};
  return EVP_PKEY_is_a(key, "EC") && EVP_PKEY_get_group_name(key, group.data(), group.size(), nullptr) == 1 &&
         std::string_view(group.data()) == "prime256v1";
}

Instant signing_time_of(CMS_SignerInfo* signer) {
  const int at = CMS_signed_get_attr_by_NID(signer, NID_pkcs9_signingTime, -1);
  X509_ATTRIBUTE* attribute = at < 0 ? nullptr : CMS_signed_get_attr(signer, at);
  const ASN1_TYPE* value = attribute == nullptr ? nullptr : X509_ATTRIBUTE_get0_type(attribute, 0);
  if (value == nullptr || (value->type != V_ASN1_UTCTIME && value->type != V_ASN1_GENERALIZEDTIME)) return {};
  return moment_of(value->value.asn1_string).value_or(Instant{});
}

// Exactly contentType, messageDigest, signingTime and signing-certificate-v2, and the last names the embedded
// certificate.
bool attributes_are_ours(CMS_SignerInfo* signer, X509* certificate) {
  if (CMS_signed_get_attr_count(signer) != 4 || CMS_unsigned_get_attr_count(signer) > 0) return false;
  for (const int nid :
       {NID_pkcs9_contentType, NID_pkcs9_messageDigest, NID_pkcs9_signingTime, NID_id_smime_aa_signingCertificateV2}) {
    const int at = CMS_signed_get_attr_by_NID(signer, nid, -1);
    if (at < 0 || X509_ATTRIBUTE_count(CMS_signed_get_attr(signer, at)) != 1) return false;
  }
  const auto* value = static_cast<ASN1_STRING*>(
      CMS_signed_get0_data_by_OBJ(signer, OBJ_nid2obj(NID_id_smime_aa_signingCertificateV2), -3, V_ASN1_SEQUENCE));
  if (value == nullptr) return false;
  const unsigned char* cursor = ASN1_STRING_get0_data(value);
  const std::unique_ptr<ESS_SIGNING_CERT_V2, OpenSslFree<ESS_SIGNING_CERT_V2_free>> named{
      d2i_ESS_SIGNING_CERT_V2(nullptr, &cursor, ASN1_STRING_length(value))};
  if (!named) return false;
  const std::unique_ptr<STACK_OF(X509), decltype([](STACK_OF(X509) * s) { sk_X509_free(s); })> chain{
      sk_X509_new_null()};
  sk_X509_push(chain.get(), certificate);
  return OSSL_ESS_check_signing_certs(nullptr, named.get(), chain.get(), 1) == 1;
}

Outcome<Cms> parse(ByteView statement) {
  auto cms = decoded<Cms, d2i_CMS_ContentInfo>(statement);
  if (!cms) return refuse(Reason::message_malformed, "a statement is not CMS: " + openssl_error());
  if (!std::ranges::equal(encoded<i2d_CMS_ContentInfo>(cms.get()), statement))
    return refuse(Reason::message_malformed, "a statement is not in canonical form");
  return cms;
}
}  // namespace

Outcome<Bytes> openssl_sign(StatementType type, ByteView content, EVP_PKEY* key, X509* certificate, Instant at) {
  constexpr unsigned flags = CMS_PARTIAL | CMS_BINARY;
  const Cms cms{CMS_sign(nullptr, nullptr, nullptr, nullptr, flags)};
  const auto type_object = object_of(type);
  const Time time{ASN1_TIME_set(nullptr, static_cast<time_t>(at.milliseconds / 1000))};
  if (!cms || !type_object || !time || CMS_set1_eContentType(cms.get(), type_object.get()) != 1) {
    return refuse(Reason::internal, "a statement cannot be begun: " + openssl_error());
  }
  CMS_SignerInfo* signer =
      CMS_add1_signer(cms.get(), certificate, key, EVP_sha256(), flags | CMS_CADES | CMS_NOSMIMECAP);
  if (signer == nullptr ||
      CMS_signed_add1_attr_by_NID(signer, NID_pkcs9_signingTime, ASN1_STRING_type(time.get()), time.get(), -1) != 1) {
    return refuse(Reason::internal, "a statement's signer cannot be added: " + openssl_error());
  }
  const auto data = bio_of(content);
  if (CMS_final(cms.get(), data.get(), nullptr, CMS_BINARY) != 1 || !openssl_take_smaller_signature(signer, key)) {
    return refuse(Reason::internal, "a statement cannot be signed: " + openssl_error());
  }
  auto bytes = encoded<i2d_CMS_ContentInfo>(cms.get());
  if (bytes.empty()) return refuse(Reason::internal, "a statement cannot be written: " + openssl_error());
  return bytes;
}

Outcome<Statement> openssl_read(ByteView statement, StatementType expected) {
  MADO_TRY(type, check_statement_shape(statement));
  const auto wanted = object_of(expected);
  if (!std::ranges::equal(type, ByteView(OBJ_get0_data(wanted.get()), OBJ_length(wanted.get())))) {
    return refuse(Reason::statement_invalid,
                  "a statement of another type than " + std::string(object_identifier(expected)));
  }
  MADO_TRY(cms, parse(statement));
  CMS_SignerInfo* signer = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms.get()), 0);
  const std::unique_ptr<STACK_OF(X509), decltype([](STACK_OF(X509) * s) { sk_X509_pop_free(s, X509_free); })>
      certificates{CMS_get1_certs(cms.get())};
  X509* certificate = certificates ? sk_X509_value(certificates.get(), 0) : nullptr;
  if (certificate == nullptr || !strong_enough(certificate) || !attributes_are_ours(signer, certificate)) {
    return refuse(Reason::statement_invalid, "a statement's certificate or signed attributes are not as they must be");
  }
  if (!openssl_has_smaller_signature(signer, X509_get0_pubkey(certificate)))
    return refuse(Reason::statement_invalid, "a statement's signature is the other one of the two that would hold");
  const Bio output{BIO_new(BIO_s_mem())};
  if (CMS_verify(cms.get(), nullptr, nullptr, nullptr, output.get(), CMS_NO_SIGNER_CERT_VERIFY | CMS_BINARY) != 1) {
    return refuse(Reason::statement_invalid, "a statement's signature does not hold: " + openssl_error());
  }
  Bytes digest(32);
  EVP_Digest(statement.data(), statement.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
  return Statement{expected, bytes_of_bio(output.get()), encoded<i2d_X509>(certificate), std::move(digest),
                   signing_time_of(signer)};
}

}  // namespace mado::trust
