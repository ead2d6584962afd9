#include "trust/x509.hpp"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>

#include "trust/file.hpp"
#include "trust/openssl_handles.hpp"

namespace mado::trust {

namespace {
using X509Handle = Handle<X509, X509_free>;
using Number = Handle<BIGNUM, BN_free>;
using ObjectHandle = Handle<ASN1_OBJECT, ASN1_OBJECT_free>;
using OctetHandle = Handle<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free>;
using ExtensionHandle = Handle<X509_EXTENSION, X509_EXTENSION_free>;
using NameHandle = Handle<X509_NAME, X509_NAME_free>;
using Usages = Handle<EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free>;
using Policies = Handle<CERTIFICATEPOLICIES, CERTIFICATEPOLICIES_free>;
using Names = Handle<GENERAL_NAMES, GENERAL_NAMES_free>;

constexpr std::size_t longest_serial = 20;  // RFC 5280 4.1.2.2

std::unexpected<Refusal> invalid(std::string cause) {
  ERR_clear_error();
  return refuse(Reason::input_invalid, std::move(cause));
}

Bytes bytes_of_string(const ASN1_STRING* text) {
  if (text == nullptr) return {};
  const auto* data = ASN1_STRING_get0_data(text);
  return {data, data + ASN1_STRING_length(text)};
}

std::string utf8_of(const ASN1_STRING* text) {
  std::uint8_t* utf8 = nullptr;
  const int size = ASN1_STRING_to_UTF8(&utf8, text);
  if (size < 0) return {};
  std::string converted(reinterpret_cast<const char*>(utf8), static_cast<std::size_t>(size));
  OPENSSL_free(utf8);
  return converted;
}

std::string dotted(const ASN1_OBJECT* object) {
  std::array<char, 128> text{};
  OBJ_obj2txt(text.data(), text.size(), object, 1);
  return text.data();
}

std::string type_of(const ASN1_OBJECT* object) {
  const int known = OBJ_obj2nid(object);
  return known == NID_undef ? dotted(object) : OBJ_nid2sn(known);
}

Name read_name(const X509_NAME* name) {
  Name fields;
  for (int i = 0; i < X509_NAME_entry_count(name); ++i) {
    const auto* entry = X509_NAME_get_entry(name, i);
    fields.push_back({type_of(X509_NAME_ENTRY_get_object(entry)), utf8_of(X509_NAME_ENTRY_get_data(entry))});
  }
  return fields;
}

Outcome<Instant> read_time(const ASN1_TIME* time) {
  const auto moment = moment_of(time);
  if (!moment) return invalid("the certificate's validity is no time");
  return *moment;
}

Outcome<Bytes> read_serial(const X509* certificate) {
  const auto* serial = X509_get0_serialNumber(certificate);
  if (ASN1_STRING_type(serial) != V_ASN1_INTEGER) return invalid("the certificate's serial number is negative");
  auto magnitude = bytes_of_string(serial);
  if (magnitude.empty() || magnitude.size() > longest_serial) {
    return invalid("the certificate's serial number has no or more than 20 octets");
  }
  return magnitude;
}

template <typename List>
List extension_of(const X509* certificate, int which) {
  return List{static_cast<typename List::pointer>(X509_get_ext_d2i(certificate, which, nullptr, nullptr))};
}

std::vector<std::string> read_usages(const X509* certificate) {
  const auto usages = extension_of<Usages>(certificate, NID_ext_key_usage);
  std::vector<std::string> found;
  for (int i = 0; usages && i < sk_ASN1_OBJECT_num(usages.get()); ++i) {
    found.push_back(dotted(sk_ASN1_OBJECT_value(usages.get(), i)));
  }
  return found;
}

std::vector<std::string> read_policies(const X509* certificate) {
  const auto policies = extension_of<Policies>(certificate, NID_certificate_policies);
  std::vector<std::string> found;
  for (int i = 0; policies && i < sk_POLICYINFO_num(policies.get()); ++i) {
    found.push_back(dotted(sk_POLICYINFO_value(policies.get(), i)->policyid));
  }
  return found;
}

std::vector<std::string> read_dns_names(const X509* certificate) {
  const auto names = extension_of<Names>(certificate, NID_subject_alt_name);
  std::vector<std::string> found;
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const auto* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type == GEN_DNS) found.push_back(utf8_of(name->d.dNSName));
  }
  return found;
}

Bytes encoded_public_key(const X509* certificate) {
  return encoded<i2d_X509_PUBKEY>(X509_get_X509_PUBKEY(certificate));
}

Outcome<X509Facts> read_facts(X509* certificate) {
  if (X509_get0_pubkey(certificate) == nullptr) return invalid("the certificate's public key is not readable");
  // Reads and caches the extensions; -1 if one of them is malformed.
  if (X509_check_purpose(certificate, -1, 0) != 1 || (X509_get_extension_flags(certificate) & EXFLAG_INVALID) != 0) {
    return invalid("an extension of the certificate is malformed");
  }
  X509Facts facts;
  facts.subject = read_name(X509_get_subject_name(certificate));
  facts.issuer = read_name(X509_get_issuer_name(certificate));
  MADO_TRY(serial, read_serial(certificate));
  facts.serial = std::move(serial);
  facts.public_key = encoded_public_key(certificate);
  facts.public_key_digest = sha256(facts.public_key);
  facts.key_id = sha1(bytes_of_string(X509_get0_pubkey_bitstr(certificate)));
  facts.subject_key_id = bytes_of_string(X509_get0_subject_key_id(certificate));
  facts.authority_key_id = bytes_of_string(X509_get0_authority_key_id(certificate));
  MADO_TRY(not_before, read_time(X509_get0_notBefore(certificate)));
  MADO_TRY(not_after, read_time(X509_get0_notAfter(certificate)));
  facts.not_before = not_before;
  facts.not_after = not_after;
  facts.authority = X509_check_ca(certificate) == 1;
  if ((X509_get_extension_flags(certificate) & EXFLAG_KUSAGE) != 0) {
    facts.key_usage = static_cast<std::uint8_t>(X509_get_key_usage(certificate) & 0xff);
  }
  facts.extended_key_usages = read_usages(certificate);
  facts.policies = read_policies(certificate);
  facts.dns_names = read_dns_names(certificate);
  return facts;
}
}  // namespace

std::string_view X509Facts::subject_field(std::string_view type) const {
  const auto found = std::ranges::find(subject, type, &NameField::type);
  return found == subject.end() ? std::string_view{} : std::string_view{found->value};
}

Outcome<X509Certificate> X509Certificate::parse(ByteView der) {
  if (der.size() > largest) return invalid(fmt::format("a certificate of more than {} bytes", largest));
  const auto* at = der.data();
  std::shared_ptr<X509> handle(d2i_X509(nullptr, &at, static_cast<long>(der.size())), X509_free);
  if (!handle) return invalid("no certificate in DER");
  if (at != der.data() + der.size()) return invalid("bytes follow the certificate");
  MADO_TRY(facts, read_facts(handle.get()));
  return X509Certificate{
      std::make_shared<const Inside>(Inside{{der.begin(), der.end()}, std::move(facts), std::move(handle)})};
}

Outcome<X509Certificate> X509Certificate::parse_pem(ByteView text) {
  const auto bio = bio_of(text);
  const X509Handle read{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)};
  if (!read) return invalid("no certificate in PEM");
  return parse(encoded<i2d_X509>(read.get()));
}

namespace {
Outcome<X509Certificate> naming(const std::filesystem::path& file, Outcome<X509Certificate> parsed) {
  if (parsed) return parsed;
  return refuse(Reason::configuration_invalid, fmt::format("{}: {}", file.string(), parsed.error().cause));
}
}  // namespace

Outcome<X509Certificate> X509Certificate::load(const std::filesystem::path& file) {
  MADO_TRY(text, read_file(file, 4 * largest));
  return naming(file, parse_pem(text));
}

Outcome<X509Certificate> X509Certificate::load_either(const std::filesystem::path& file) {
  MADO_TRY(bytes, read_file(file, 4 * largest));
  const bool is_der = !bytes.empty() && bytes.front() == 0x30;
  return naming(file, is_der ? parse(bytes) : parse_pem(bytes));
}

std::string X509Certificate::pem() const {
  const Bio bio{BIO_new(BIO_s_mem())};
  PEM_write_bio_X509(bio.get(), handle());
  char* text = nullptr;
  const auto size = BIO_get_mem_data(bio.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

Outcome<void> X509Certificate::save(CrashPoint point, const std::filesystem::path& file) const {
  const auto text = pem();
  return write_new_file(point, file, view_of(text), Secrecy::open);
}

namespace {
bool set_serial(X509* certificate, ByteView magnitude) {
  const Number number{BN_bin2bn(magnitude.data(), static_cast<int>(magnitude.size()), nullptr)};
  return number && BN_is_zero(number.get()) == 0 &&
         BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

NameHandle decode_name(const Name& name) { return decoded<NameHandle, d2i_X509_NAME>(encode(name)); }

bool set_validity(X509* certificate, Instant from, Instant to) {
  return ASN1_TIME_set(X509_getm_notBefore(certificate), from.milliseconds / 1000) != nullptr &&
         ASN1_TIME_set(X509_getm_notAfter(certificate), to.milliseconds / 1000) != nullptr;
}

bool add_extension(X509* certificate, const Extension& extension) {
  const ObjectHandle oid{OBJ_txt2obj(extension.oid.c_str(), 1)};
  const OctetHandle value{ASN1_OCTET_STRING_new()};
  ASN1_OCTET_STRING_set(value.get(), extension.value.data(), static_cast<int>(extension.value.size()));
  const ExtensionHandle made{X509_EXTENSION_create_by_OBJ(nullptr, oid.get(), extension.critical ? 1 : 0, value.get())};
  return made && X509_add_ext(certificate, made.get(), -1) == 1;
}
}  // namespace

Outcome<X509Certificate> issue(const Issuing& issuing, const PrivateKey& issuer_key) {
  if (issuing.serial.size() > longest_serial) return invalid("a serial number of more than 20 octets");
  if (issuing.not_after < issuing.not_before) return invalid("the validity ends before it begins");
  const auto public_key = decoded<PKey, d2i_PUBKEY>(issuing.public_key);
  if (!public_key) return invalid("the subject's public key is not readable");

  const X509Handle made{X509_new()};
  X509* const certificate = made.get();
  X509_set_version(certificate, X509_VERSION_3);
  if (!set_serial(certificate, issuing.serial)) return invalid("the serial number is zero");
  const bool filled =
      X509_set_subject_name(certificate, decode_name(issuing.subject).get()) == 1 &&
      X509_set_issuer_name(certificate, decode_name(issuing.issuer).get()) == 1 &&
      X509_set_pubkey(certificate, public_key.get()) == 1 &&
      set_validity(certificate, issuing.not_before, issuing.not_after) &&
      std::ranges::all_of(issuing.extensions, [&](const auto& one) { return add_extension(certificate, one); });
  if (!filled || X509_sign(certificate, issuer_key.handle(), EVP_sha256()) == 0) {
    ERR_clear_error();
    return refuse(Reason::internal, "OpenSSL could not make the certificate");
  }
  return X509Certificate::parse(encoded<i2d_X509>(certificate));
}

Outcome<Sha1> key_id_of(ByteView public_key) {
  const auto* at = public_key.data();
  const Handle<X509_PUBKEY, X509_PUBKEY_free> key{d2i_X509_PUBKEY(nullptr, &at, static_cast<long>(public_key.size()))};
  const std::uint8_t* content = nullptr;
  int size = 0;
  if (!key || X509_PUBKEY_get0_param(nullptr, &content, &size, nullptr, key.get()) != 1) {
    return invalid("the public key is not readable");
  }
  return sha1({content, static_cast<std::size_t>(size)});
}

Bytes random_serial() {
  auto serial = random_bytes(16);
  serial.front() = static_cast<std::uint8_t>(0x40 | (serial.front() & 0x3f));
  return serial;
}

}  // namespace mado::trust
