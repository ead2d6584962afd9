#include "trust/ocsp.hpp"

#include <openssl/ocsp.h>
#include <openssl/x509v3.h>

#include <algorithm>

#include "trust/der_writer.hpp"
#include "trust/openssl_handles.hpp"
#include "trust/path_check.hpp"
#include "trust/x509.hpp"

namespace mado::trust {

namespace {
using Request = Handle<OCSP_REQUEST, OCSP_REQUEST_free>;
using Response = Handle<OCSP_RESPONSE, OCSP_RESPONSE_free>;
using BasicResponse = Handle<OCSP_BASICRESP, OCSP_BASICRESP_free>;
using CertId = Handle<OCSP_CERTID, OCSP_CERTID_free>;
using Integer = Handle<ASN1_INTEGER, ASN1_INTEGER_free>;

constexpr Purpose answering{digital_signature, oids::ocsp_signing, {}};

std::unexpected<Refusal> not_ours(const char* cause) {
  ERR_clear_error();
  return refuse(Reason::check_not_ours, cause);
}
std::unexpected<Refusal> unavailable(const char* cause) {
  ERR_clear_error();
  return refuse(Reason::check_unavailable, cause);
}
std::unexpected<Refusal> stale(const char* cause) { return refuse(Reason::check_stale, cause); }

CertId certificate_id(const X509Certificate& authority, ByteView serial) {
  const auto der = der::integer(serial);
  const auto* at = der.data();
  const Integer number{d2i_ASN1_INTEGER(nullptr, &at, static_cast<long>(der.size()))};
  return CertId{OCSP_cert_id_new(EVP_sha1(), X509_get_subject_name(authority.handle()),
                                 X509_get0_pubkey_bitstr(authority.handle()), number.get())};
}

Outcome<BasicResponse> parse(ByteView der) {
  if (der.size() > largest_ocsp_response) return unavailable("the OCSP answer is too large");
  const auto* at = der.data();
  const Response response{d2i_OCSP_RESPONSE(nullptr, &at, static_cast<long>(der.size()))};
  if (!response || at != der.data() + der.size()) return unavailable("the answer is no OCSP response");
  if (OCSP_response_status(response.get()) != OCSP_RESPONSE_STATUS_SUCCESSFUL) {
    return unavailable("the OCSP responder reports an error");
  }
  BasicResponse basic{OCSP_response_get1_basic(response.get())};
  if (!basic) return unavailable("the OCSP answer is of no known type");
  return basic;
}

// SHA-256 with RSA or ECDSA, and nothing in the parameters, which the signature does not cover.
bool algorithm_is_plain(OCSP_BASICRESP* basic) {
  const ASN1_OBJECT* algorithm = nullptr;
  int parameters = V_ASN1_UNDEF;
  X509_ALGOR_get0(&algorithm, &parameters, nullptr, OCSP_resp_get0_tbs_sigalg(basic));
  const int name = OBJ_obj2nid(algorithm);
  return (name == NID_sha256WithRSAEncryption && parameters == V_ASN1_NULL) ||
         (name == NID_ecdsa_with_SHA256 && parameters == V_ASN1_UNDEF);
}

// The signer is a responder whom this very authority's key authorised, and it signed this answer.
Outcome<void> check_signer(OCSP_BASICRESP* basic, const X509Certificate& authority, Instant now) {
  X509* signer = nullptr;
  if (OCSP_resp_get0_signer(basic, &signer, nullptr) != 1) return not_ours("the OCSP answer does not hold its signer");
  if (!algorithm_is_plain(basic)) return not_ours("the OCSP answer is signed by another algorithm");
  if (OCSP_basic_verify(basic, nullptr, nullptr, OCSP_NOVERIFY) != 1)
    return not_ours("the OCSP answer's signature is wrong");
  auto responder = X509Certificate::parse(encoded<i2d_X509>(signer));
  if (!responder) return not_ours("the OCSP responder's certificate is not readable");
  if (!check_path(*responder, {&authority, 1}, answering, now).empty()) {
    return not_ours("the CA did not authorise the OCSP responder");
  }
  return {};
}

Outcome<void> check_nonce(OCSP_BASICRESP* basic, ByteView nonce) {
  const int at = OCSP_BASICRESP_get_ext_by_NID(basic, NID_id_pkix_OCSP_Nonce, -1);
  if (at < 0) return not_ours("the OCSP answer has no nonce");
  const auto* value = X509_EXTENSION_get_data(OCSP_BASICRESP_get_ext(basic, at));
  const ByteView found(ASN1_STRING_get0_data(value), static_cast<std::size_t>(ASN1_STRING_length(value)));
  if (!std::ranges::equal(found, der::element(der::octet_string, nonce)))
    return not_ours("the OCSP answer has another nonce");
  return {};
}

Outcome<void> check_times(OCSP_BASICRESP* basic, const ASN1_GENERALIZEDTIME* this_update,
                          const ASN1_GENERALIZEDTIME* next_update, Instant now, std::chrono::milliseconds max_age) {
  const auto produced = moment_of(OCSP_resp_get0_produced_at(basic));
  const auto current = moment_of(this_update);
  if (!produced || !current) return stale("the OCSP answer has no time");
  if (now - *produced > max_age) return stale("the OCSP answer was produced too long ago");
  if (*produced - now > ocsp_clock_skew || *current - now > ocsp_clock_skew)
    return stale("the OCSP answer is from the future");
  if (next_update != nullptr) {
    const auto next = moment_of(next_update);
    if (!next || *next < now) return stale("the OCSP answer is past its next update");
  }
  return {};
}
}  // namespace

Outcome<Bytes> build_ocsp_request(ByteView authority, ByteView serial, ByteView nonce) {
  if (nonce.size() != ocsp_nonce_size) return refuse(Reason::input_invalid, "an OCSP nonce has 32 bytes");
  MADO_TRY(issuer, X509Certificate::parse(authority));
  const Request request{OCSP_REQUEST_new()};
  auto id = certificate_id(issuer, serial);
  if (!id || OCSP_request_add0_id(request.get(), id.get()) == nullptr)
    return refuse(Reason::input_invalid, "no OCSP CertID");
  (void)id.release();  // the request owns it now
  Bytes value(nonce.begin(), nonce.end());
  if (OCSP_request_add1_nonce(request.get(), value.data(), static_cast<int>(value.size())) != 1) {
    return refuse(Reason::internal, "OpenSSL could not add the nonce");
  }
  return encoded<i2d_OCSP_REQUEST>(request.get());
}

Outcome<void> check_ocsp(ByteView response, const OcspExpectation& expected, Instant now,
                         std::chrono::milliseconds max_age) {
  MADO_TRY(authority, X509Certificate::parse(expected.authority));
  MADO_TRY(basic, parse(response));
  MADO_CHECK(check_signer(basic.get(), authority, now));
  MADO_CHECK(check_nonce(basic.get(), expected.nonce));

  OCSP_SINGLERESP* single = OCSP_resp_get0(basic.get(), 0);
  const auto wanted = certificate_id(authority, expected.serial);
  if (OCSP_resp_count(basic.get()) != 1 || !wanted || OCSP_id_cmp(OCSP_SINGLERESP_get0_id(single), wanted.get()) != 0) {
    return not_ours("the OCSP answer is about another certificate");
  }
  ASN1_GENERALIZEDTIME* this_update = nullptr;
  ASN1_GENERALIZEDTIME* next_update = nullptr;
  const int status = OCSP_single_get0_status(single, nullptr, nullptr, &this_update, &next_update);
  MADO_CHECK(check_times(basic.get(), this_update, next_update, now, max_age));
  switch (status) {
    case V_OCSP_CERTSTATUS_GOOD:
      return {};
    case V_OCSP_CERTSTATUS_REVOKED:
      return refuse(Reason::card_revoked, "the CA has revoked the certificate");
    default:
      return refuse(Reason::card_unknown_issuer, "the CA does not know the certificate");
  }
}

}  // namespace mado::trust
