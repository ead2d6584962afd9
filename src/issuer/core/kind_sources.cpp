#include "issuer/core/kind_sources.hpp"

#include "application/kind_limits.hpp"

namespace mado::issuer {

v1::Group group_of(v1::Kind kind) {
  const auto* limits = application::limits_of(kind);
  return limits == nullptr ? v1::GROUP_UNSPECIFIED : limits->group;
}

bool is_tax_kind(v1::Kind kind) {
  switch (kind) {
    case v1::KIND_INCOME:
    case v1::KIND_TAXATION:
    case v1::KIND_NO_TAXATION:
    case v1::KIND_INCOME_AND_TAXATION:
      return true;
    default:
      return false;
  }
}

bool belongs_to(v1::Service service, v1::Kind kind) {
  switch (service) {
    case v1::SERVICE_HOME_CITY:
      return true;
    case v1::SERVICE_DOMICILE_CITY:
      return group_of(kind) == v1::GROUP_FAMILY_REGISTER;
    default:
      return false;
  }
}

std::set<v1::RecordKind> records_of(v1::Service service, std::span<const v1::Kind> kinds) {
  std::set<v1::RecordKind> records;
  if (service == v1::SERVICE_DOMICILE_CITY) records.insert(v1::RECORD_KIND_FAMILY_REGISTER);
  for (const auto kind : kinds) {
    switch (kind) {
      case v1::KIND_SEAL_CERTIFICATE:
        records.insert(v1::RECORD_KIND_SEAL);
        break;
      case v1::KIND_FAMILY_REGISTER_WHOLE:
      case v1::KIND_FAMILY_REGISTER_PERSONS:
        records.insert(v1::RECORD_KIND_FAMILY_REGISTER);
        break;
      case v1::KIND_FAMILY_REGISTER_SUPPLEMENT:
        records.insert({v1::RECORD_KIND_FAMILY_REGISTER, v1::RECORD_KIND_SUPPLEMENT});
        break;
      default:
        break;
    }
  }
  return records;
}

}  // namespace mado::issuer
