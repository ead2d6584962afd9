#include "jpki/core/profile.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mado::jpki {

namespace {
namespace extension = trust::extension;
using trust::Name;

constexpr std::string_view cps = "http://www.jpki.go.jp/cps.html";
constexpr std::string_view fact_arc = "1.2.392.200149.8.5.5.";

std::string_view unit_of(Kind kind) {
  return kind == Kind::authentication ? "JPKI for user authentication" : "JPKI for digital signature";
}

Name japanese_name(Kind kind) {
  return {{"C", "JP"},
          {"O", "公的個人認証サービス"},
          {"OU", kind == Kind::authentication ? "公的個人認証サービス利用者証明用" : "公的個人認証サービス署名用"},
          {"OU", "地方公共団体情報システム機構"}};
}

Name distribution_point(Kind kind, const Municipality& municipality) {
  Name name{{"C", "JP"}, {"O", "JPKI"}, {"OU", std::string(unit_of(kind))}, {"OU", "CRL Distribution Points"}};
  if (kind == Kind::signature && !municipality.prefecture.empty()) name.push_back({"OU", municipality.prefecture});
  const auto& shown = municipality.name.empty() ? municipality.code : municipality.name;
  name.push_back({"CN", shown + " CRLDP"});
  return name;
}

trust::Issuing issuing_of(Kind kind, const Particulars& particulars, Name subject) {
  return {std::move(subject),
          authority_name(kind),
          particulars.public_key,
          particulars.serial,
          particulars.not_before,
          particulars.not_after,
          {}};
}

Outcome<void> check(const Municipality& municipality) {
  const bool digits = std::ranges::all_of(municipality.code, [](char c) { return c >= '0' && c <= '9'; });
  if (municipality.code.size() != 6 || !digits) return refuse(Reason::input_invalid, "a 団体コード has six digits");
  // Upper bounds of locality and CN (X.520), less what is added here.
  if (municipality.prefecture.size() > 56 || municipality.name.size() > 56) {
    return refuse(Reason::input_invalid, "a romanised name of more than 56 bytes");
  }
  return {};
}
}  // namespace

std::string_view text_of(Kind kind) { return kind == Kind::authentication ? "authentication" : "signature"; }

std::optional<Kind> kind_of(std::string_view text) {
  if (text == text_of(Kind::authentication)) return Kind::authentication;
  if (text == text_of(Kind::signature)) return Kind::signature;
  return std::nullopt;
}

std::string_view policy_of(Kind kind) {
  return kind == Kind::authentication ? "1.2.392.200149.8.5.1.3.30" : "1.2.392.200149.8.5.1.1.20";
}

Name authority_name(Kind kind) {
  return {{"C", "JP"},
          {"O", "JPKI"},
          {"OU", std::string(unit_of(kind))},
          {"OU", "Japan Agency for Local Authority Information Systems"}};
}

Outcome<trust::Issuing> authority_profile(Kind kind, const Particulars& particulars) {
  MADO_TRY(key_id, trust::key_id_of(particulars.public_key));
  auto issuing = issuing_of(kind, particulars, authority_name(kind));
  issuing.extensions = {
      extension::key_usage(trust::certificate_sign | trust::crl_sign),
      extension::subject_directory_name(japanese_name(kind)),
      extension::authority(),
      extension::crl_distribution_point(authority_name(kind)),
      extension::subject_key_identifier(key_id),
  };
  return issuing;
}

Outcome<trust::Issuing> authentication_profile(const Particulars& particulars, const trust::Sha1& authority_key_id,
                                               const Municipality& municipality, std::string_view random_name) {
  MADO_CHECK(check(municipality));
  MADO_TRY(key_id, trust::key_id_of(particulars.public_key));
  const auto common_name = fmt::format("{}{}003A", random_name, municipality.code.substr(0, 5));
  auto issuing = issuing_of(Kind::authentication, particulars, {{"C", "JP"}, {"CN", common_name}});
  issuing.extensions = {
      extension::key_usage(trust::digital_signature),
      extension::extended_key_usage({trust::oids::client_authentication}),
      extension::certificate_policy(policy_of(Kind::authentication), cps),
      extension::issuer_directory_name(japanese_name(Kind::authentication)),
      extension::crl_distribution_point(distribution_point(Kind::authentication, municipality)),
      extension::authority_key_identifier(authority_key_id),
      extension::subject_key_identifier(key_id),
  };
  return issuing;
}

Outcome<trust::Issuing> signature_profile(const Particulars& particulars, const trust::Sha1& authority_key_id,
                                          const Municipality& municipality, const FourFacts& facts,
                                          std::string_view unique_name) {
  MADO_CHECK(check(municipality));
  MADO_TRY(key_id, trust::key_id_of(particulars.public_key));
  MADO_TRY(name, replace_characters(facts.name.reveal()));
  MADO_TRY(address, replace_characters(facts.address.reveal()));
  if (name.replaced.empty() || address.replaced.empty())
    return refuse(Reason::input_invalid, "氏名 and 住所 are needed");

  Name subject{{"C", "JP"}};
  for (const auto& locality : {municipality.prefecture, municipality.name}) {
    if (!locality.empty()) subject.push_back({"L", locality});
  }
  subject.push_back({"CN", std::string(unique_name)});
  const auto fact = [](int number, std::string value) {
    return trust::OtherName{fmt::format("{}{}", fact_arc, number), std::move(value)};
  };
  auto issuing = issuing_of(Kind::signature, particulars, std::move(subject));
  issuing.extensions = {
      extension::key_usage(trust::digital_signature | trust::non_repudiation),
      extension::subject_other_names({
          fact(1, name.text.reveal()),
          fact(4, coded_birth(facts.birth)),
          fact(3, facts.sex == Sex::male ? "1" : "2"),
          fact(5, address.text.reveal()),
          fact(2, name.replaced),
          fact(6, address.replaced),
      }),
      extension::certificate_policy(policy_of(Kind::signature), cps),
      extension::issuer_directory_name(japanese_name(Kind::signature)),
      extension::crl_distribution_point(distribution_point(Kind::signature, municipality)),
      extension::authority_key_identifier(authority_key_id),
      extension::subject_key_identifier(key_id),
  };
  return issuing;
}

Outcome<trust::Issuing> responder_profile(Kind kind, const Particulars& particulars,
                                          const trust::Sha1& authority_key_id) {
  MADO_TRY(key_id, trust::key_id_of(particulars.public_key));
  auto issuing = issuing_of(kind, particulars,
                            {{"C", "JP"}, {"O", "JPKI"}, {"OU", std::string(unit_of(kind))}, {"CN", "OCSP Responder"}});
  issuing.extensions = {
      extension::key_usage(trust::digital_signature),
      extension::extended_key_usage({trust::oids::ocsp_signing}),
      extension::ocsp_no_check(),
      extension::authority_key_identifier(authority_key_id),
      extension::subject_key_identifier(key_id),
  };
  return issuing;
}

}  // namespace mado::jpki
