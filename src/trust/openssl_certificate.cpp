#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include "trust/file.hpp"
#include "trust/openssl_cryptography.hpp"
#include "trust/openssl_handles.hpp"
#include "trust/path_check.hpp"

namespace mado::trust {

std::string openssl_error() {
  std::string text;
  while (const auto code = ERR_get_error()) {
    std::array<char, 256> line{};
    ERR_error_string_n(code, line.data(), line.size());
    text += (text.empty() ? "" : "; ") + std::string(line.data());
  }
  return text;
}

Bio bio_of(ByteView bytes) { return Bio{BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size()))}; }

Bytes bytes_of_bio(BIO* memory) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory, &data);
  return {data, data + size};
}

Certificate parse_certificate(ByteView der) {
  const unsigned char* cursor = der.data();
  Certificate certificate{d2i_X509(nullptr, &cursor, static_cast<long>(der.size()))};
  if (certificate && cursor != der.data() + der.size()) certificate.reset();
  ERR_clear_error();
  return certificate;
}

Bytes der_of(X509* certificate) {
  unsigned char* der = nullptr;
  const int size = i2d_X509(certificate, &der);
  Bytes bytes(der, der + std::max(size, 0));
  OPENSSL_free(der);
  return bytes;
}

namespace {
// A session's certificates only carry its keys: they are valid for a day around now and name nothing.
constexpr long half_a_day = 12L * 3600;

std::string subject_field(X509* certificate, int nid) {
  X509_NAME* name = X509_get_subject_name(certificate);
  const int at = X509_NAME_get_index_by_NID(name, nid, -1);
  if (at < 0) return {};
  unsigned char* text = nullptr;
  const int size = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
  if (size < 0) return {};
  std::string value(reinterpret_cast<char*>(text), static_cast<std::size_t>(size));
  OPENSSL_free(text);
  return value;
}

bool valid_at(X509* certificate, Instant at) {
  auto moment = static_cast<time_t>(at.milliseconds / 1000);
  return X509_cmp_time(X509_get0_notBefore(certificate), &moment) < 0 &&
         X509_cmp_time(X509_get0_notAfter(certificate), &moment) > 0;
}

CertificateFacts facts_of(X509* certificate) {
  CertificateFacts facts;
  const ASN1_INTEGER* serial = X509_get0_serialNumber(certificate);
  facts.serial.assign(serial->data, serial->data + serial->length);
  unsigned char* spki = nullptr;
  const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &spki);
  facts.public_key_digest.resize(32);
  EVP_Digest(spki, static_cast<std::size_t>(size), facts.public_key_digest.data(), nullptr, EVP_sha256(), nullptr);
  OPENSSL_free(spki);
  facts.common_name = subject_field(certificate, NID_commonName);
  facts.subject_serial = subject_field(certificate, NID_serialNumber);
  return facts;
}

Outcome<std::string> text_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::stringstream content;
  content << stream.rdbuf();
  if (!stream || content.str().size() > 65536)
    return refuse(Reason::configuration_invalid, file.string() + " cannot be read");
  return content.str();
}

Outcome<Certificate> certificate_from(const std::filesystem::path& file) {
  MADO_TRY(text, text_of(file));
  const auto bio = bio_of(view_of(text));
  Certificate certificate{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)};
  if (!certificate)
    return refuse(Reason::configuration_invalid, file.string() + " is no certificate in PEM: " + openssl_error());
  return certificate;
}

Outcome<std::pair<PKey, Certificate>> key_pair_from(const std::filesystem::path& key_file,
                                                    const std::filesystem::path& certificate_file) {
  MADO_CHECK(check_private(key_file));
  MADO_TRY(text, text_of(key_file));
  Sensitive<std::string> secret{std::move(text)};
  const auto bio = bio_of(view_of(secret.reveal()));
  PKey key{PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr)};
  if (!key)
    return refuse(Reason::configuration_invalid, key_file.string() + " is no private key in PEM: " + openssl_error());
  MADO_TRY(certificate, certificate_from(certificate_file));
  if (X509_check_private_key(certificate.get(), key.get()) != 1) {
    ERR_clear_error();
    return refuse(Reason::configuration_invalid, key_file.string() + " is not the key of " + certificate_file.string());
  }
  return std::pair{std::move(key), std::move(certificate)};
}
}  // namespace

std::pair<PKey, Certificate> openssl_session_key(Instant at, bool signing) {
  PKey key{EVP_EC_gen("P-256")};
  Certificate certificate{X509_new()};
  X509_set_version(certificate.get(), X509_VERSION_3);
  BIGNUM* number = BN_new();
  BN_rand(number, 127, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY);
  BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate.get()));
  BN_free(number);
  auto moment = static_cast<time_t>(at.milliseconds / 1000);
  X509_time_adj(X509_getm_notBefore(certificate.get()), -half_a_day, &moment);
  X509_time_adj(X509_getm_notAfter(certificate.get()), half_a_day, &moment);
  X509_set_pubkey(certificate.get(), key.get());
  const auto* name = reinterpret_cast<const unsigned char*>(signing ? "session signing" : "session receiving");
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8, name, -1, -1, 0);
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get()));
  X509_sign(certificate.get(), key.get(), EVP_sha256());
  return {std::move(key), std::move(certificate)};
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
  const auto& facts = certificate->facts();
  const auto& key = issuer->facts().key_id;
  return CertificateFacts{facts.serial,
                          Bytes(key.begin(), key.end()),
                          Bytes(facts.public_key_digest.begin(), facts.public_key_digest.end()),
                          std::string(facts.subject_field("CN")),
                          std::string(facts.subject_field("serialNumber")),
                          issuer->der()};
}

Outcome<CertificateFacts> openssl_check_pinned(ByteView der, Instant at) {
  const auto certificate = parse_certificate(der);
  if (!certificate) return refuse(Reason::signer_not_entitled, "a pinned certificate does not parse");
  if (!valid_at(certificate.get(), at))
    return refuse(Reason::signer_not_entitled, "a pinned certificate is not valid at this time");
  return facts_of(certificate.get());
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
  MADO_TRY(certificate, certificate_from(file));
  return der_of(certificate.get());
}

}  // namespace mado::trust
