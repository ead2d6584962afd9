#include "issuer/core/certificates/authority.hpp"

namespace mado::issuer {

namespace {
bool holds(const AuthorityTerm& term, Day day) {
  return (!term.first || *term.first <= day) && (!term.last || day <= *term.last);
}
}  // namespace

Outcome<void> check_terms(const AuthorityTerms& terms) {
  if (terms.empty()) return refuse(Reason::configuration_invalid, "no authority is named");
  for (const auto& [first, last, authority] : terms) {
    if (authority.prefecture.empty() || authority.title.empty() || authority.name.empty())
      return refuse(Reason::configuration_invalid, "an authority has no prefecture, title or name");
    if (first && last && *last < *first)
      return refuse(Reason::configuration_invalid, "an authority's term ends before it begins");
  }
  return {};
}

Outcome<Authority> authority_on(const AuthorityTerms& terms, Day day) {
  for (auto term = terms.rbegin(); term != terms.rend(); ++term) {
    if (holds(*term, day)) return term->authority;
  }
  return refuse(Reason::configuration_invalid, "no authority is named for this day");
}

}  // namespace mado::issuer
