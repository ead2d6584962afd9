// The extensions of a certificate (RFC 5280 4.2), each encoded by itself so that a profile can fix their order and
// form.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"

namespace mado::trust {

// One attribute of a distinguished name. `type` is C, O, OU, L, CN or serialNumber.
struct NameField {
  std::string type;
  std::string value;  // UTF-8
  friend bool operator==(const NameField&, const NameField&) = default;
};
// In encoding order. C and serialNumber are written as PrintableString, the others as UTF8String.
using Name = std::vector<NameField>;

// Bits of the first octet of keyUsage.
enum KeyUsage : std::uint8_t {
  digital_signature = 0x80,
  non_repudiation = 0x40,
  key_agreement = 0x08,
  certificate_sign = 0x04,
  crl_sign = 0x02,
};

namespace oids {
inline constexpr std::string_view server_authentication = "1.3.6.1.5.5.7.3.1";
inline constexpr std::string_view client_authentication = "1.3.6.1.5.5.7.3.2";
inline constexpr std::string_view ocsp_signing = "1.3.6.1.5.5.7.3.9";
}  // namespace oids

struct Extension {
  std::string oid;
  bool critical = false;
  Bytes value;  // the content of extnValue
};

// otherName with an explicitly tagged UTF8String, as JPKI's 署名用 certificates hold the 基本4情報.
struct OtherName {
  std::string oid;
  std::string value;
};

// Never empty: a name's DER, as it stands in subject and in directoryName.
Bytes encode(const Name& name);

namespace extension {
Extension key_usage(std::uint8_t bits);  // critical
Extension authority();                   // basicConstraints cA TRUE, no path length; critical
Extension extended_key_usage(const std::vector<std::string_view>& oids);
Extension subject_key_identifier(ByteView key_id);
Extension authority_key_identifier(ByteView key_id);
Extension subject_dns_names(const std::vector<std::string>& names);
Extension subject_directory_name(const Name& name);
Extension subject_other_names(const std::vector<OtherName>& names);
Extension issuer_directory_name(const Name& name);
Extension crl_distribution_point(const Name& name);
Extension certificate_policy(std::string_view oid, std::string_view cps);  // critical, with a CPS qualifier
Extension ocsp_location(std::string_view uri);
Extension ocsp_no_check();  // RFC 6960 4.2.2.2.1
}  // namespace extension

}  // namespace mado::trust
