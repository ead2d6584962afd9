#include "issuer/edge/certificate_forms.hpp"

namespace mado::issuer {

Outcome<CertificateForms> load_forms(const std::filesystem::path& directory, const std::vector<v1::Kind>& kinds) {
  CertificateForms forms;
  for (const auto kind : kinds) {
    for (const auto role : roles_of(kind)) {
      if (forms.contains(role)) continue;
      MADO_TRY(form, paper::load_form(directory / file_of(role)));
      MADO_CHECK(check_form(role, form));
      forms.emplace(role, std::move(form));
    }
  }
  return forms;
}

}  // namespace mado::issuer
