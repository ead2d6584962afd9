// What each kind brings: its demands on a form and its content. Inside issuer/core/certificates only.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "issuer/core/certificates/certificate.hpp"
#include "issuer/core/certificates/value_writer.hpp"
#include "paper/form_demand.hpp"

namespace mado::issuer {

// Everything that one certificate is made from.
struct Making {
  const CertificateTools& tools;
  const CertificateRecords& records;
  const CertificateOrder& order;
  const paper::Form& form;

  bool wants(v1::Option option) const { return order.options.contains(option); }
};

inline std::unexpected<Refusal> incomplete(std::string cause) {
  return refuse(Reason::record_incomplete, std::move(cause));
}
inline std::unexpected<Refusal> invalid(std::string cause) {
  return refuse(Reason::application_invalid, std::move(cause));
}

// The fields that every form has in its footer, and on its pages: title, issuance_number, page_number.
paper::AreaDemand footer_demand();
paper::AreaDemand page_demand(std::initializer_list<std::string_view> shown,
                              std::initializer_list<std::string_view> fields = {});

// Title, 発行番号 and footer. The keys name texts of the form.
Outcome<void> write_frame(const Making& making, std::string_view title, std::string_view certification,
                          paper::Content& content);
// Refusal: option_not_offered for any other option.
Outcome<void> check_options(const CertificateOrder& order, std::initializer_list<v1::Option> known);
// Refusal: application_invalid unless one person was chosen, with that scope.
Outcome<void> check_one_person(const CertificateOrder& order);
// Of the record's `known` numbers in their order, the places of those that were chosen. Refusals: application_invalid
// for nobody, a person twice, or a scope that does not fit; person_not_in_household for another's number;
// record_incomplete if a number stands twice in the record.
Outcome<std::vector<std::size_t>> chosen_places(const CertificateOrder& order,
                                                const std::vector<std::string_view>& known);

paper::FormDemand residence_demand();
paper::FormDemand residence_each_demand();
paper::FormDemand seal_demand();
paper::FormDemand family_register_demand();
paper::FormDemand supplement_demand();
paper::FormDemand income_demand();
paper::FormDemand taxation_demand();

Outcome<CertificateSheet> residence_copy(const Making& making);
Outcome<CertificateSheet> residence_items(const Making& making);
Outcome<CertificateSheet> seal_certificate(const Making& making);
Outcome<CertificateSheet> family_register_whole(const Making& making);
Outcome<CertificateSheet> family_register_persons(const Making& making);
Outcome<CertificateSheet> supplement_copy(const Making& making);
Outcome<CertificateSheet> income_certificate(const Making& making);
Outcome<CertificateSheet> taxation_certificate(const Making& making);
Outcome<CertificateSheet> no_taxation_certificate(const Making& making);
Outcome<CertificateSheet> income_and_taxation_certificate(const Making& making);

}  // namespace mado::issuer
