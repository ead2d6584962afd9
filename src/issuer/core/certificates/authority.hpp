// 認証者: in whose name a certificate is issued, by its day (標準仕様書 1.3.9). An acting mayor (職務代理者) takes over
// on the first day of a term without anybody's doing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/refusal.hpp"

namespace mado::issuer {

// Printed as 東京都千代田区長　氏名. None may be empty.
struct Authority {
  std::string prefecture;  // 東京都
  std::string title;       // 千代田区長; 千代田区長職務代理者　千代田区副区長
  std::string name;
};

struct AuthorityTerm {
  std::optional<Day> first;  // none: from ever
  std::optional<Day> last;   // none: until further notice
  Authority authority;
};
// Later terms stand before earlier ones: an acting mayor's is written after the mayor's.
using AuthorityTerms = std::vector<AuthorityTerm>;

// Refusal: configuration_invalid if there is no term, or one has an empty part or ends before it begins.
Outcome<void> check_terms(const AuthorityTerms& terms);

// Of the terms that hold `day`, the last. Refusal: configuration_invalid if none does.
Outcome<Authority> authority_on(const AuthorityTerms& terms, Day day);

}  // namespace mado::issuer
