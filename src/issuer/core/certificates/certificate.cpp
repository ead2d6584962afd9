#include "issuer/core/certificates/certificate.hpp"

#include <algorithm>
#include <array>

#include "issuer/core/certificates/kinds.hpp"

namespace mado::issuer {

namespace {
struct Role {
  FormRole role;
  std::string_view file;
  paper::FormDemand (*demand)();
};
constexpr std::array roles{
    Role{FormRole::residence, "residence.toml", residence_demand},
    Role{FormRole::residence_each, "residence-each.toml", residence_each_demand},
    Role{FormRole::seal, "seal.toml", seal_demand},
    Role{FormRole::family_register, "family-register.toml", family_register_demand},
    Role{FormRole::supplement, "supplement.toml", supplement_demand},
    Role{FormRole::income, "income.toml", income_demand},
    Role{FormRole::taxation, "taxation.toml", taxation_demand},
};

const Role& found(FormRole role) { return *std::ranges::find(roles, role, &Role::role); }

struct KindOfCertificate {
  v1::Kind kind;
  FormRole role;
  Outcome<CertificateSheet> (*prepare)(const Making&);
};
constexpr std::array kinds{
    KindOfCertificate{v1::KIND_RESIDENCE_CERTIFICATE, FormRole::residence, residence_copy},
    KindOfCertificate{v1::KIND_RESIDENCE_ITEMS, FormRole::residence, residence_items},
    KindOfCertificate{v1::KIND_SEAL_CERTIFICATE, FormRole::seal, seal_certificate},
    KindOfCertificate{v1::KIND_FAMILY_REGISTER_WHOLE, FormRole::family_register, family_register_whole},
    KindOfCertificate{v1::KIND_FAMILY_REGISTER_PERSONS, FormRole::family_register, family_register_persons},
    KindOfCertificate{v1::KIND_FAMILY_REGISTER_SUPPLEMENT, FormRole::supplement, supplement_copy},
    KindOfCertificate{v1::KIND_INCOME, FormRole::income, income_certificate},
    KindOfCertificate{v1::KIND_TAXATION, FormRole::taxation, taxation_certificate},
    KindOfCertificate{v1::KIND_NO_TAXATION, FormRole::taxation, no_taxation_certificate},
    KindOfCertificate{v1::KIND_INCOME_AND_TAXATION, FormRole::taxation, income_and_taxation_certificate},
};
}  // namespace

std::string_view file_of(FormRole role) { return found(role).file; }

std::vector<FormRole> roles_of(v1::Kind kind) {
  const auto found_kind = std::ranges::find(kinds, kind, &KindOfCertificate::kind);
  if (found_kind == kinds.end()) return {};
  if (found_kind->role == FormRole::residence) return {FormRole::residence, FormRole::residence_each};
  return {found_kind->role};
}

Outcome<void> check_form(FormRole role, const paper::Form& form) {
  return paper::check_demand(form, found(role).demand());
}

Outcome<CertificateSheet> prepare_certificate(const CertificateTools& tools, const CertificateRecords& records,
                                              const CertificateOrder& order) {
  constexpr std::size_t most_number_bytes = 120;
  if (order.issuance_number.empty() || order.issuance_number.size() > most_number_bytes)
    return invalid("the issuance number is empty or too long");
  const auto kind = std::ranges::find(kinds, order.kind, &KindOfCertificate::kind);
  if (kind == kinds.end()) return refuse(Reason::kind_not_offered, "there is no such kind");
  const bool each = kind->role == FormRole::residence && order.options.contains(v1::OPTION_SHEET_EACH);
  const auto form = tools.forms.find(each ? FormRole::residence_each : kind->role);
  if (form == tools.forms.end()) return refuse(Reason::kind_not_offered, "the city has no form for this kind");
  MADO_TRY(sheet, kind->prepare({tools, records, order, form->second}));
  sheet.form = &form->second;
  return sheet;
}

Outcome<DrawnCertificate> compose_certificate(const CertificateTools& tools, const CertificateRecords& records,
                                              const CertificateOrder& order) {
  MADO_TRY(sheet, prepare_certificate(tools, records, order));
  MADO_TRY(composed, paper::compose(*sheet.form, tools.font, tools.seal, sheet.content));
  return DrawnCertificate{std::move(composed.pages), std::move(composed.drawn)};
}

}  // namespace mado::issuer
