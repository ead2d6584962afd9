#include "trust/path_check.hpp"

#include <openssl/err.h>
#include <openssl/x509_vfy.h>

#include <algorithm>

#include "trust/openssl_handles.hpp"

namespace mado::trust {

namespace {
using Store = Handle<X509_STORE, X509_STORE_free>;
using Checking = Handle<X509_STORE_CTX, X509_STORE_CTX_free>;

PathFault fault_of(int error) {
  switch (error) {
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
      return PathFault::bad_signature;
    case X509_V_ERR_INVALID_CA:
    case X509_V_ERR_KEYUSAGE_NO_CERTSIGN:
      return PathFault::issuer_no_authority;
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      return PathFault::unknown_issuer;
    default:
      return PathFault::other;
  }
}

void add_once(std::vector<PathFault>& faults, PathFault fault) {
  if (std::ranges::find(faults, fault) == faults.end()) faults.push_back(fault);
}

// Notes every error and goes on, so that all causes are found in one pass.
int note(int good, X509_STORE_CTX* context) {
  if (good == 1) return 1;
  auto* faults = static_cast<std::vector<PathFault>*>(X509_STORE_CTX_get_app_data(context));
  add_once(*faults, fault_of(X509_STORE_CTX_get_error(context)));
  return 1;
}

void validate(const X509Certificate& certificate, const X509Certificate& authority, std::vector<PathFault>& faults) {
  const Store store{X509_STORE_new()};
  X509_STORE_add_cert(store.get(), authority.handle());
  const Checking context{X509_STORE_CTX_new()};
  if (X509_STORE_CTX_init(context.get(), store.get(), certificate.handle(), nullptr) != 1) {
    add_once(faults, PathFault::other);
    return;
  }
  // OpenSSL counts the last second as expired; RFC 5280 4.1.2.5 includes it. The times are compared below.
  X509_STORE_CTX_set_flags(context.get(), X509_V_FLAG_NO_CHECK_TIME);
  X509_STORE_CTX_set_app_data(context.get(), &faults);
  X509_STORE_CTX_set_verify_cb(context.get(), note);
  if (X509_verify_cert(context.get()) != 1 && faults.empty()) add_once(faults, PathFault::other);
  ERR_clear_error();
}

bool lists(const std::vector<std::string>& list, std::string_view wanted) {
  return wanted.empty() || std::ranges::find(list, wanted) != list.end();
}
}  // namespace

std::string_view text_of(PathFault fault) {
  switch (fault) {
    case PathFault::unknown_issuer:
      return "no known authority has the key that the certificate names as its issuer's";
    case PathFault::bad_signature:
      return "the authority's key did not sign the certificate";
    case PathFault::not_yet_valid:
      return "the certificate is not valid yet";
    case PathFault::expired:
      return "the certificate has expired";
    case PathFault::issuer_not_valid:
      return "the authority is outside its validity";
    case PathFault::issuer_no_authority:
      return "the issuer may not issue certificates";
    case PathFault::is_authority:
      return "the certificate is an authority's";
    case PathFault::wrong_key_usage:
      return "the key usage does not allow this";
    case PathFault::wrong_extended_usage:
      return "the extended key usage does not allow this";
    case PathFault::wrong_policy:
      return "the certificate policy is another";
    case PathFault::other:
      break;
  }
  return "the certificate does not pass path validation";
}

const X509Certificate* issuer_of(const X509Certificate& certificate, std::span<const X509Certificate> authorities) {
  const auto& named = certificate.facts().authority_key_id;
  const auto found = std::ranges::find_if(authorities, [&](const X509Certificate& authority) {
    return std::ranges::equal(authority.facts().key_id, named);
  });
  return found == authorities.end() ? nullptr : &*found;
}

std::vector<PathFault> check_path(const X509Certificate& certificate, std::span<const X509Certificate> authorities,
                                  const Purpose& purpose, Instant at) {
  std::vector<PathFault> faults;
  const auto& facts = certificate.facts();
  if (const auto* authority = issuer_of(certificate, authorities)) {
    validate(certificate, *authority, faults);
    if (at < authority->facts().not_before || authority->facts().not_after < at)
      add_once(faults, PathFault::issuer_not_valid);
  } else {
    faults.push_back(PathFault::unknown_issuer);
  }
  if (facts.authority) add_once(faults, PathFault::is_authority);
  if ((facts.key_usage & purpose.key_usage) != purpose.key_usage) add_once(faults, PathFault::wrong_key_usage);
  if (!lists(facts.extended_key_usages, purpose.extended_usage)) add_once(faults, PathFault::wrong_extended_usage);
  if (!lists(facts.policies, purpose.policy)) add_once(faults, PathFault::wrong_policy);
  // Dates are judged even when the issuer is not known: the caller shows the citizen "expired" first.
  if (at < facts.not_before) add_once(faults, PathFault::not_yet_valid);
  if (facts.not_after < at) add_once(faults, PathFault::expired);
  return faults;
}

}  // namespace mado::trust
