#include "trust/extensions.hpp"

#include <openssl/asn1.h>
#include <openssl/x509.h>

#include <bit>
#include <stdexcept>

#include "trust/der_writer.hpp"
#include "trust/openssl_handles.hpp"

namespace mado::trust {

namespace {
bool is_printable_type(std::string_view type) { return type == "C" || type == "serialNumber"; }

// GeneralName [4] directoryName: a CHOICE inside, hence explicitly tagged.
Bytes directory_name(const Name& name) { return der::element(der::context_constructed(4), encode(name)); }

Bytes text(std::uint8_t tag, std::string_view value) { return der::element(tag, view_of(value)); }
}  // namespace

Bytes encode(const Name& name) {
  const Handle<X509_NAME, X509_NAME_free> built{X509_NAME_new()};
  for (const auto& field : name) {
    // The string type is given outright: MBSTRING_UTF8 would choose PrintableString for plain ASCII.
    const int type = is_printable_type(field.type) ? V_ASN1_PRINTABLESTRING : V_ASN1_UTF8STRING;
    if (X509_NAME_add_entry_by_txt(built.get(), field.type.c_str(), type,
                                   reinterpret_cast<const unsigned char*>(field.value.data()),
                                   static_cast<int>(field.value.size()), -1, 0) != 1) {
      throw std::invalid_argument("not a field of a distinguished name: " + field.type);
    }
  }
  return encoded<i2d_X509_NAME>(built.get());
}

namespace extension {

Extension key_usage(std::uint8_t bits) {
  const auto unused = static_cast<std::uint8_t>(std::countr_zero(bits));
  return {"2.5.29.15", true, der::element(der::bit_string, Bytes{unused, bits})};
}

Extension authority() { return {"2.5.29.19", true, der::sequence({der::element(der::boolean, Bytes{0xff})})}; }

Extension extended_key_usage(const std::vector<std::string_view>& oids) {
  Bytes content;
  for (const auto oid : oids) content = der::join({content, der::oid(oid)});
  return {"2.5.29.37", false, der::element(der::sequence_tag, content)};
}

Extension subject_key_identifier(ByteView key_id) {
  return {"2.5.29.14", false, der::element(der::octet_string, key_id)};
}

Extension authority_key_identifier(ByteView key_id) {
  return {"2.5.29.35", false, der::sequence({der::element(der::context(0), key_id)})};
}

Extension subject_dns_names(const std::vector<std::string>& names) {
  Bytes content;
  for (const auto& name : names) content = der::join({content, text(der::context(2), name)});
  return {"2.5.29.17", false, der::element(der::sequence_tag, content)};
}

Extension subject_directory_name(const Name& name) {
  return {"2.5.29.17", false, der::sequence({directory_name(name)})};
}

Extension subject_other_names(const std::vector<OtherName>& names) {
  Bytes content;
  for (const auto& name : names) {
    const auto value = der::element(der::context_constructed(0), text(der::utf8_string, name.value));
    content = der::join({content, der::element(der::context_constructed(0), der::join({der::oid(name.oid), value}))});
  }
  return {"2.5.29.17", false, der::element(der::sequence_tag, content)};
}

Extension issuer_directory_name(const Name& name) {
  return {"2.5.29.18", false, der::sequence({directory_name(name)})};
}

Extension crl_distribution_point(const Name& name) {
  const auto full_name = der::element(der::context_constructed(0), directory_name(name));
  const auto point = der::sequence({der::element(der::context_constructed(0), full_name)});
  return {"2.5.29.31", false, der::sequence({point})};
}

Extension certificate_policy(std::string_view oid, std::string_view cps) {
  const auto qualifier = der::sequence({der::oid("1.3.6.1.5.5.7.2.1"), text(der::ia5_string, cps)});
  return {"2.5.29.32", true, der::sequence({der::sequence({der::oid(oid), der::sequence({qualifier})})})};
}

Extension ocsp_location(std::string_view uri) {
  const auto description = der::sequence({der::oid("1.3.6.1.5.5.7.48.1"), text(der::context(6), uri)});
  return {"1.3.6.1.5.5.7.1.1", false, der::sequence({description})};
}

Extension ocsp_no_check() { return {"1.3.6.1.5.5.7.48.1.5", false, der::element(der::null_tag, {})}; }

}  // namespace extension
}  // namespace mado::trust
