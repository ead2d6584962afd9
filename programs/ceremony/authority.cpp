#include "authority.hpp"

#include <fmt/format.h>

namespace mado::ceremony {

namespace {
using trust::Extension;
namespace extension = trust::extension;

constexpr std::chrono::hours year{24 * 365};
// Clocks of an installation agree within seconds; a certificate that was just made must be valid everywhere.
constexpr std::chrono::minutes backdated{5};

trust::Issuing issuing_for(const trust::Name& subject, const trust::PrivateKey& key, Instant now,
                           std::chrono::hours validity) {
  trust::Issuing issuing;
  issuing.subject = subject;
  issuing.public_key = key.public_key();
  issuing.serial = trust::random_serial();
  issuing.not_before = now + -std::chrono::milliseconds{backdated};
  issuing.not_after = now + validity;
  return issuing;
}

Outcome<KeyPair> load(const Place& place) {
  MADO_TRY(key, trust::PrivateKey::load(place.key()));
  MADO_TRY(certificate, trust::X509Certificate::load(place.certificate()));
  if (certificate.facts().public_key != key.public_key()) {
    return refuse(Reason::configuration_invalid,
                  fmt::format("{} is not the key of {}", place.key().string(), place.certificate().string()));
  }
  return KeyPair{std::move(key), std::move(certificate)};
}

Outcome<trust::PrivateKey> load_or_make_key(const Place& place) {
  std::error_code error;
  if (std::filesystem::exists(place.key(), error)) return trust::PrivateKey::load(place.key());
  MADO_TRY(key, trust::PrivateKey::make(trust::KeyKind::p256));
  MADO_CHECK(key.save("ceremony_key_kept"_point, place.key()));
  return key;
}

// Loads what is there, or makes it: `issue` gets the key. The key is written first: a certificate without its key would
// look like a finished pair to whoever copies it. A key alone is of a ceremony that was interrupted: it goes on.
template <typename Issue>
Outcome<KeyPair> load_or_make(const Place& place, Issue issue) {
  std::error_code error;
  if (std::filesystem::exists(place.certificate(), error)) return load(place);
  MADO_TRY(key, load_or_make_key(place));
  MADO_TRY(certificate, issue(key));
  MADO_CHECK(certificate.save("ceremony_certificate_kept"_point, place.certificate()));
  return KeyPair{std::move(key), std::move(certificate)};
}
}  // namespace

Outcome<KeyPair> authority_at(const Place& place, const trust::Name& subject, Instant now) {
  return load_or_make(place, [&](const trust::PrivateKey& key) -> Outcome<trust::X509Certificate> {
    auto issuing = issuing_for(subject, key, now, 10 * year);
    issuing.issuer = subject;
    MADO_TRY(key_id, trust::key_id_of(issuing.public_key));
    issuing.extensions = {extension::key_usage(trust::certificate_sign | trust::crl_sign), extension::authority(),
                          extension::subject_key_identifier(key_id)};
    return trust::issue(issuing, key);
  });
}

Outcome<KeyPair> member_at(const Place& place, const Membership& membership, const KeyPair& authority, Instant now) {
  return load_or_make(place, [&](const trust::PrivateKey& key) -> Outcome<trust::X509Certificate> {
    auto issuing = issuing_for(membership.subject, key, now, 2 * year);
    issuing.issuer = authority.certificate.facts().subject;
    MADO_TRY(key_id, trust::key_id_of(issuing.public_key));
    issuing.extensions = {extension::key_usage(membership.usage),
                          extension::authority_key_identifier(authority.certificate.facts().key_id),
                          extension::subject_key_identifier(key_id)};
    if (!membership.dns_names.empty()) {
      issuing.extensions.push_back(
          extension::extended_key_usage({trust::oids::client_authentication, trust::oids::server_authentication}));
      issuing.extensions.push_back(extension::subject_dns_names(membership.dns_names));
    }
    return trust::issue(issuing, authority.key);
  });
}

Outcome<KeyPair> pinned_at(const Place& place, const trust::Name& subject, trust::KeyUsage usage, Instant now) {
  return load_or_make(place, [&](const trust::PrivateKey& key) -> Outcome<trust::X509Certificate> {
    auto issuing = issuing_for(subject, key, now, 5 * year);
    issuing.issuer = subject;
    MADO_TRY(key_id, trust::key_id_of(issuing.public_key));
    issuing.extensions = {extension::key_usage(usage), extension::subject_key_identifier(key_id)};
    return trust::issue(issuing, key);
  });
}

}  // namespace mado::ceremony
