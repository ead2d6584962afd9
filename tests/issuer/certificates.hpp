// The forms of the repository, and certificates drawn with them.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "issuer/core/certificates/certificate.hpp"
#include "programs/proof/samples.hpp"
#include "tests/paper/specimen.hpp"

namespace mado::issuer::specimen {

inline paper::Form form_of(FormRole role) {
  auto form = paper::load_form(std::string(MADOGUCHI_SOURCE_DIR) + "/forms/" + std::string(file_of(role)));
  if (!form) throw std::runtime_error(form.error().cause);
  return std::move(*form);
}

inline const CertificateForms& forms() {
  static const CertificateForms all = [] {
    CertificateForms made;
    for (const auto role : {FormRole::residence, FormRole::residence_each, FormRole::seal, FormRole::family_register,
                            FormRole::supplement, FormRole::income, FormRole::taxation})
      made.emplace(role, form_of(role));
    return made;
  }();
  return all;
}

inline const AuthorityTerms& authorities() {
  static const auto terms = proof::authorities();
  return terms;
}

inline CertificateTools tools() { return {forms(), paper::specimen::font(), paper::specimen::seal(), authorities()}; }

inline Outcome<DrawnCertificate> draw(const v1::HouseholdSnapshot& snapshot, const CertificateOrder& order,
                                      const v1::TaxRecord* tax = nullptr) {
  return compose_certificate(tools(), {snapshot, tax}, order);
}

inline Refusal refused(const v1::HouseholdSnapshot& snapshot, const CertificateOrder& order,
                       const v1::TaxRecord* tax = nullptr) {
  const auto sheet = prepare_certificate(tools(), {snapshot, tax}, order);
  EXPECT_FALSE(sheet);
  return sheet ? Refusal{} : sheet.error();
}

// "text" of each row that has that name, in order.
inline std::vector<std::string> texts_of(const CertificateSheet& sheet, std::string_view row, std::string_view field) {
  std::vector<std::string> texts;
  for (const auto& filled : sheet.content.rows) {
    const auto value = filled.values.find(field);
    if (filled.row == row && value != filled.values.end()) texts.emplace_back(value->second.text());
  }
  return texts;
}

}  // namespace mado::issuer::specimen
