#include <openssl/x509.h>

#include <cassert>

#include "trust/openssl_cryptography.hpp"
#include "trust/openssl_handles.hpp"
#include "trust/path_check.hpp"

namespace mado::trust {

namespace {
// A session's certificates only carry its keys: they are valid for a day around now and name nothing.
constexpr std::chrono::hours half_a_day{12};

// Without what depends on who issued it.
CertificateFacts facts_of(const X509Certificate& certificate) {
  const auto& facts = certificate.facts();
  return {.serial = facts.serial,
          .issuer_key = {},
          .public_key_digest = Bytes(facts.public_key_digest.begin(), facts.public_key_digest.end()),
          .common_name = std::string(facts.subject_field("CN")),
          .organizational_unit = std::string(facts.subject_field("OU")),
          .subject_serial = std::string(facts.subject_field("serialNumber")),
          .authority = {}};
}

Outcome<std::pair<PrivateKey, X509Certificate>> key_pair_from(const std::filesystem::path& key_file,
                                                              const std::filesystem::path& certificate_file) {
  MADO_TRY(key, PrivateKey::load(key_file));
  MADO_TRY(certificate, X509Certificate::load(certificate_file));
  if (X509_check_private_key(certificate.handle(), key.handle()) != 1) {
    ERR_clear_error();
    return refuse(Reason::configuration_invalid, key_file.string() + " is not the key of " + certificate_file.string());
  }
  return std::pair{std::move(key), std::move(certificate)};
}
}  // namespace

std::pair<PrivateKey, X509Certificate> openssl_session_key(Instant at, bool signing) {
  auto key = PrivateKey::make(KeyKind::p256);
  assert(key && "without a session's key nothing may go on");
  const Name name{{"CN", signing ? "session signing" : "session receiving"}};
  auto certificate = issue({.subject = name,
                            .issuer = name,
                            .public_key = key->public_key(),
                            .serial = random_serial(),
                            .not_before = at + -half_a_day,
                            .not_after = at + half_a_day,
                            .extensions = {}},
                           *key);
  assert(certificate && "without a session's certificate nothing may go on");
  return {std::move(*key), std::move(*certificate)};
}

Outcome<CertificateFacts> openssl_check_certificate(ByteView der, std::span<const Bytes> authorities,
                                                    CertificateUse use, Instant at) {
  const auto certificate = X509Certificate::parse(der);
  if (!certificate) return refuse(Reason::card_unknown_issuer, "a certificate does not parse");
  std::vector<X509Certificate> known;
  for (const auto& authority : authorities) {
    MADO_TRY(parsed, X509Certificate::parse(authority));
    known.push_back(std::move(parsed));
  }
  const auto faults =
      check_path(*certificate, known, use == CertificateUse::card ? user_authentication : statement_signing, at);
  const auto* issuer = issuer_of(*certificate, known);
  if (!faults.empty() || issuer == nullptr) {
    const bool expired = faults.size() == 1 && faults.front() == PathFault::expired;
    std::string cause = "the certificate's path:";
    for (const auto fault : faults) cause += " " + std::string(text_of(fault)) + ";";
    return refuse(expired ? Reason::card_expired : Reason::card_unknown_issuer, std::move(cause));
  }
  auto facts = facts_of(*certificate);
  const auto& key = issuer->facts().key_id;
  facts.issuer_key.assign(key.begin(), key.end());
  facts.authority = issuer->der();
  return facts;
}

Outcome<CertificateFacts> openssl_check_pinned(ByteView der, Instant at) {
  const auto certificate = X509Certificate::parse(der);
  if (!certificate) return refuse(Reason::signer_not_entitled, "a pinned certificate does not parse");
  if (at < certificate->facts().not_before || certificate->facts().not_after < at)
    return refuse(Reason::signer_not_entitled, "a pinned certificate is not valid at this time");
  return facts_of(*certificate);
}

Outcome<std::unique_ptr<SigningKey>> load_signing_key(const std::filesystem::path& key,
                                                      const std::filesystem::path& certificate) {
  MADO_TRY(pair, key_pair_from(key, certificate));
  return std::make_unique<OpenSslSigningKey>(std::move(pair.first), std::move(pair.second));
}

Outcome<std::unique_ptr<ReceivingKey>> load_receiving_key(const std::filesystem::path& key,
                                                          const std::filesystem::path& certificate) {
  MADO_TRY(pair, key_pair_from(key, certificate));
  return std::make_unique<OpenSslReceivingKey>(std::move(pair.first), std::move(pair.second));
}

Outcome<Bytes> load_certificate(const std::filesystem::path& file) {
  MADO_TRY(certificate, X509Certificate::load(file));
  return certificate.der();
}

}  // namespace mado::trust
