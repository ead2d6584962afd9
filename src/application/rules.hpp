// What a city offers (取扱い): kinds, scopes, options, fees, copies, hours. Data, not code (design principle 8).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/refusal.hpp"
#include "madoguchi/v1/statements.pb.h"
#include "operation/settings.hpp"
#include "wire/message.hpp"

namespace mado::application {

struct KindRule {
  v1::Kind kind = v1::KIND_UNSPECIFIED;
  std::string title_ja;
  std::string title_en;
  std::uint32_t fee = 0;  // yen for one copy
  std::vector<v1::Scope> scopes;
  std::vector<v1::Option> options;
  std::vector<v1::Option> chosen = {};    // of the options, those that stand chosen at first
  v1::Group group = v1::GROUP_HOUSEHOLD;  // whom the scopes choose from
  std::string family = "residence";       // of certificates that are opened and closed together
  int youngest = 15;                      // years
};

struct OfferRules {
  std::uint64_t version = 0;
  std::vector<KindRule> kinds;
  std::uint32_t most_copies = 1;
  std::uint32_t most_pages = 50;  // of one copy
  std::string telephone;
  int opens_at = 0;  // minutes after midnight in Japan
  int closes_at = 24 * 60;
  std::vector<std::string> closed_days;  // "12-29": every year

  const KindRule* find(v1::Kind kind) const;
  // Refusal: outside_hours.
  Outcome<void> check_open(Instant now) const;
};

// Reads [rules] of a settings file: version, telephone, most_copies, hours = "06:30-23:00", closed_days, and
// [[rules.kind]]: name ("residence_certificate"), title_ja, title_en, fee, scopes, options.
OfferRules read_rules(operation::Settings& settings);

// "residence_certificate" and back; the contract's unspecified value for anything else.
v1::Kind kind_of(std::string_view name);
std::string_view name_of(v1::Kind kind);

}  // namespace mado::application
