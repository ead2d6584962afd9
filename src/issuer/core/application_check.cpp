#include "issuer/core/application_check.hpp"

#include <algorithm>

#include "issuer/core/kind_sources.hpp"

namespace mado::issuer {

namespace {
constexpr int id_size = 16;
constexpr int salt_size = 32;

std::unexpected<Refusal> invalid(const char* why) { return refuse(Reason::application_invalid, why); }

Outcome<void> check_opening(const v1::Application& application, const application::OpenedSession& session) {
  const auto& opening = session.opening;
  if (opening.service() == v1::SERVICE_DOMICILE_REGISTRATION) return invalid("an opening for 利用登録 alone");
  const bool ours = application.opening_digest() == string_of(session.digest) && application.city() == opening.city() &&
                    application.kiosk() == opening.kiosk() && application.issuance().size() == id_size &&
                    application.salt().size() == salt_size;
  if (!ours) return invalid("the application is not of this opening");
  if (application.sequence() < 1 || application.sequence() > opening.most_applications())
    return refuse(Reason::opening_used_up, "the application's sequence is beyond the opening's number");
  return {};
}

bool has(const v1::Application& application, v1::Option option) {
  return std::ranges::find(application.options(), option) != application.options().end();
}

// Which options a kind can have at all, whatever a city offers, is said where the kind is drawn.
Outcome<void> check_options(const v1::Application& application, const application::KindRule& rule) {
  for (int i = 0; i < application.options_size(); ++i) {
    const auto option = static_cast<v1::Option>(application.options(i));
    if (std::ranges::find(rule.options, option) == rule.options.end())
      return refuse(Reason::option_not_offered, "an option is not offered");
    if (i > 0 && application.options(i) <= application.options(i - 1)) return invalid("options are out of order");
  }
  if (has(application, v1::OPTION_CHANGES) && !has(application, v1::OPTION_SHEET_EACH))
    return invalid("異動履歴 stands on a sheet for each person only");
  return {};
}
}  // namespace

Outcome<void> check_application(const v1::Application& application, const application::OpenedSession& session,
                                const application::Offer& offer) {
  MADO_CHECK(check_opening(application, session));
  const auto* rule = offer.rules().find(application.kind());
  if (rule == nullptr || !belongs_to(session.opening.service(), application.kind()))
    return refuse(Reason::kind_not_offered, "the kind is not offered");
  if (std::ranges::find(rule->scopes, application.scope()) == rule->scopes.end())
    return refuse(Reason::option_not_offered, "the scope is not offered");
  MADO_CHECK(check_options(application, *rule));
  if (application.copies() < 1 || application.copies() > offer.rules().most_copies)
    return refuse(Reason::copies_out_of_range, "the number of copies is not offered");
  if (application.fee() != offer.fee_of(*rule) * application.copies())
    return refuse(Reason::fee_changed, "the fee is not the rules' fee");
  return {};
}

}  // namespace mado::issuer
