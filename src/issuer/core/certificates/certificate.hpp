// The ten kinds of certificates: from the records of one snapshot, through a form, to the pages of one copy. No I/O and
// no clock. Which rules hold for a kind stands in the file of its name beside this one.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/era.hpp"
#include "base/instant.hpp"
#include "base/refusal.hpp"
#include "issuer/core/certificates/authority.hpp"
#include "madoguchi/v1/register.pb.h"
#include "madoguchi/v1/statements.pb.h"
#include "paper/compose.hpp"

namespace mado::issuer {

namespace v1 = madoguchi::v1;

// The forms of a city. Kinds that differ in title and sentence share one.
enum class FormRole {
  residence,        // 住民票の写し, 住民票記載事項証明書: 世帯連記式
  residence_each,   // the same as 個人票
  seal,             // 印鑑登録証明書
  family_register,  // 戸籍全部事項証明書, 戸籍個人事項証明書
  supplement,       // 戸籍の附票の写し
  income,           // 所得証明書
  taxation,         // 課税証明書, 非課税証明書, 所得課税証明書
};
using CertificateForms = std::map<FormRole, paper::Form>;

// "residence-each.toml"
std::string_view file_of(FormRole role);
// The forms that a kind may be drawn with.
std::vector<FormRole> roles_of(v1::Kind kind);
// Whether a form holds all that its kinds draw, and nothing that they do not. Refusal: configuration_invalid,
// "file:line: key: reason".
Outcome<void> check_form(FormRole role, const paper::Form& form);

// What is to be drawn.
struct CertificateOrder {
  v1::Kind kind = v1::KIND_UNSPECIFIED;
  v1::Scope scope = v1::SCOPE_UNSPECIFIED;
  std::set<v1::Option> options;
  // Those to be drawn, in any order: 宛名番号; of 戸籍 and 附票 the persons' numbers in them.
  std::vector<std::string> persons;
  Day issued_on;
  std::string issuance_number;  // 発行番号 of this copy, ≤120 bytes
  std::string title = {};       // ≤120 bytes; empty: the form's own
};

// Where its items come from: one consistent snapshot; of the tax kinds, the holder's tax record.
struct CertificateRecords {
  const v1::HouseholdSnapshot& snapshot;
  const v1::TaxRecord* tax = nullptr;
};

// What drawing needs; all of it outlives the calls. Forms have passed check_form, terms check_terms.
struct CertificateTools {
  const CertificateForms& forms;
  const paper::Font& font;
  const paper::Seal& seal;
  const AuthorityTerms& authorities;
  const EraTable& eras = eras_of_japan();
};

// What one copy says, before it is arranged on pages.
struct CertificateSheet {
  const paper::Form* form = nullptr;
  paper::Content content;
  std::optional<paper::Seal> impression;  // 印影, to which the content's image points
};

struct DrawnCertificate {
  std::vector<paper::EncodedImage> pages;
  std::vector<std::string> drawn;  // of `persons`, taken from what was drawn, in its order
};

// Refusals, all causes name items and never their content: application_invalid for an empty or double choice of
// persons, a scope that does not fit it, an issuance number that is empty or too long; option_not_offered for an option
// that this kind does not have; person_not_in_household; cannot_be_issued if a person to be drawn is suppressed or not
// recorded as current, or a 戸籍 is closed or waits for a notice; not_registered_here without the record;
// record_incomplete for a hole or contradiction in it; kind_not_offered without a form; taxed for 非課税証明書 of
// somebody who is; configuration_invalid without an authority for the day.
Outcome<CertificateSheet> prepare_certificate(const CertificateTools& tools, const CertificateRecords& records,
                                              const CertificateOrder& order);

// Refusals: as prepare_certificate and paper::compose.
Outcome<DrawnCertificate> compose_certificate(const CertificateTools& tools, const CertificateRecords& records,
                                              const CertificateOrder& order);

}  // namespace mado::issuer
